import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type AssetCatalogue, preferredEncoding } from './asset-catalogue.ts';
import { assetTypes } from './asset-types.ts';

/** The assets that `scripts/build-assets.js` left in `directory`, compressed then. */
export function builtAssets(directory: string): AssetCatalogue {
  const manifest = readManifest(join(directory, 'manifest.json'));
  const known = new Set(Object.values(manifest));
  return {
    has: (name) => Object.hasOwn(manifest, name),
    fileOf(name) {
      const file = manifest[name];
      if (file === undefined) throw new Error(`There is no built asset "${name}" in ${directory}.`);
      return file;
    },
    async open(fileName, acceptEncoding) {
      const type = assetTypes[extname(fileName)];
      if (!known.has(fileName) || type === undefined) return null;
      const path = join(directory, basename(fileName));
      const encoding = preferredEncoding(acceptEncoding);
      const file = encoding === null ? path : `${path}.${encoding === 'gzip' ? 'gz' : 'br'}`;
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
