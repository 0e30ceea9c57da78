import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import Negotiator from 'negotiator';

/** The built style sheet, script and pictures, by their plain names. */
export interface AssetCatalogue {
  /** The file name with the hash of its content. @throws {Error} for a name that was never built. */
  fileOf(name: string): string;
  /** The file to send for a hashed file name, in the best encoding that is accepted; null where there is none. */
  open(fileName: string, acceptEncoding: string | undefined): Promise<OpenAsset | null>;
}

export interface OpenAsset {
  readonly type: string;
  readonly encoding: 'br' | 'gzip' | null;
  readonly length: number;
  readonly content: () => NodeJS.ReadableStream;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The assets that `scripts/build-assets.js` left in `directory`. */
export function assetCatalogue(directory: string): AssetCatalogue {
  const manifest = readManifest(join(directory, 'manifest.json'));
  const known = new Set(Object.values(manifest));
  return {
    fileOf(name) {
      const file = manifest[name];
      if (file === undefined) throw new Error(`There is no built asset "${name}" in ${directory}.`);
      return file;
    },
    async open(fileName, acceptEncoding) {
      const type = types[extname(fileName)];
      if (!known.has(fileName) || type === undefined) return null;
      const path = join(directory, basename(fileName));
      const encoding = preferredEncoding(acceptEncoding);
      const file = encoding === null ? path : `${path}.${encoding === 'gzip' ? 'gz' : 'br'}`;
      const { size } = await stat(file);
      return { type, encoding, length: size, content: () => createReadStream(file) };
    },
  };
}

function readManifest(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The assets are not built (${path} is missing): run the build script.`, { cause: error });
  }
}

function preferredEncoding(accept: string | undefined): 'br' | 'gzip' | null {
  const accepted = new Negotiator({ headers: { 'accept-encoding': accept } }).encodings([
    'br',
    'gzip',
    'identity',
  ]);
  const best = ['br', 'gzip'].find((encoding) => accepted.includes(encoding));
  return best === 'br' || best === 'gzip' ? best : null;
}
