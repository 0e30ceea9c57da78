import Negotiator from 'negotiator';

/** Style sheets, scripts and pictures, by their plain names. */
export interface AssetCatalogue {
  has(name: string): boolean;
  /** The file name with the hash of its content. @throws {Error} for a name that there is not. */
  fileOf(name: string): string;
  /** The file to send for a hashed file name, in the best encoding that is accepted; null where there is none. */
  open(fileName: string, acceptEncoding: string | undefined): Promise<OpenAsset | null>;
}

export interface OpenAsset {
  readonly type: string;
  readonly encoding: AssetEncoding | null;
  readonly length: number;
  readonly content: () => NodeJS.ReadableStream | Buffer;
}

export type AssetEncoding = 'br' | 'gzip';

/** Names that `over` has are its own, the others come from `base`. */
export function layeredAssets(over: AssetCatalogue, base: AssetCatalogue): AssetCatalogue {
  return {
    has: (name) => over.has(name) || base.has(name),
    fileOf: (name) => (over.has(name) ? over : base).fileOf(name),
    open: async (fileName, acceptEncoding) =>
      (await over.open(fileName, acceptEncoding)) ?? base.open(fileName, acceptEncoding),
  };
}

/** The best of what a reader accepts; null for the file as it is. */
export function preferredEncoding(accept: string | undefined): AssetEncoding | null {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accept } });
  const accepted = negotiator.encodings(['br', 'gzip', 'identity']);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? null;
}
