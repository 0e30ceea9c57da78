import Negotiator from 'negotiator';

/** Style sheets, scripts and pictures, by their plain names. */
export interface AssetCatalogue {
  has(name: string): boolean;
  /** The file name with the hash of its content. @throws {Error} for an unknown name. */
  fileOf(name: string): string;
  /** The file for a hashed file name, in the best encoding that the browser accepts; null if it does not exist. */
  open(fileName: string, acceptEncoding: string | undefined): Promise<OpenAsset | null>;
}

export interface OpenAsset {
  readonly type: string;
  readonly encoding: AssetEncoding | null;
  readonly length: number;
  readonly content: () => NodeJS.ReadableStream | Buffer;
}

export type AssetEncoding = 'br' | 'gzip';

/** Combines two catalogues: names in `over` win, all others come from `base`. */
export function layeredAssets(over: AssetCatalogue, base: AssetCatalogue): AssetCatalogue {
  return {
    has: (name) => over.has(name) || base.has(name),
    fileOf: (name) => (over.has(name) ? over : base).fileOf(name),
    open: async (fileName, acceptEncoding) =>
      (await over.open(fileName, acceptEncoding)) ?? base.open(fileName, acceptEncoding),
  };
}

/** The best encoding that the browser accepts; null for the uncompressed file. */
export function preferredEncoding(accept: string | undefined): AssetEncoding | null {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accept } });
  const accepted = negotiator.encodings(['br', 'gzip', 'identity']);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? null;
}
