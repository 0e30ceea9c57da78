import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type AssetCatalogue, preferredEncoding } from './asset-catalogue.ts';
import { assetTypes } from './asset-types.ts';

export interface BuiltAssetsOptions {
  /** Reads the manifest again for each page, so that newly built files are found. Default: false. */
  readonly development?: boolean;
}

/**
 * The assets that `scripts/build-assets.js` wrote to `directory`, already compressed.
 * @throws {Error} if they are missing.
 */
export function builtAssets(
  directory: string,
  { development = false }: BuiltAssetsOptions = {},
): AssetCatalogue {
  const path = join(directory, 'manifest.json');
  const atStart = readManifest(path);
  const manifest = development ? () => readManifest(path) : () => atStart;
  return {
    has: (name) => Object.hasOwn(manifest(), name),
    fileOf(name) {
      const file = manifest()[name];
      if (file === undefined) throw new Error(`There is no built asset "${name}" in ${directory}.`);
      return file;
    },
    async open(fileName, acceptEncoding) {
      const type = assetTypes[extname(fileName)];
      if (!Object.values(manifest()).includes(fileName) || type === undefined) return null;
      const plain = join(directory, basename(fileName));
      const encoding = preferredEncoding(acceptEncoding);
      const file = encoding === null ? plain : `${plain}.${encoding === 'gzip' ? 'gz' : 'br'}`;
      const { size } = await stat(file);
      return { type: type.mediaType, encoding, length: size, content: () => createReadStream(file) };
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
