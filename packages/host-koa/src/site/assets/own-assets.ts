import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { type AssetCatalogue, type AssetEncoding, preferredEncoding } from './asset-catalogue.ts';
import { type AssetType, assetTypes } from './asset-types.ts';

interface OwnAsset {
  readonly type: AssetType;
  readonly hashedName: string;
  readonly content: Buffer;
  /** Compressed on first use, then kept. */
  readonly encoded: Map<AssetEncoding, Promise<Buffer>>;
}

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * A host's own files, read once and kept in memory, and a `theme.css` that begins with `stylesheet`. In that file,
 * `url(name)` refers to a file of the same directory.
 * @throws {Error} for a directory that can't be read, a folder in it, a file above 2 MB, an unknown type.
 */
export function ownAssets(directory: string | undefined, stylesheet: string): AssetCatalogue {
  const contents = directory === undefined ? new Map<string, Buffer>() : readFiles(directory);
  const ownSheet = contents.get('theme.css')?.toString('utf8') ?? '';
  contents.delete('theme.css');
  const assets = new Map([...contents].map(([name, content]) => [name, ownAsset(name, content)]));
  const sheet = stylesheet + withHashedNames(ownSheet, assets);
  if (sheet !== '') assets.set('theme.css', ownAsset('theme.css', Buffer.from(sheet)));
  const byHashedName = new Map([...assets.values()].map((asset) => [asset.hashedName, asset]));
  return {
    has: (name) => assets.has(name),
    fileOf(name) {
      const asset = assets.get(name);
      if (asset === undefined) throw new Error(`There is no asset "${name}".`);
      return asset.hashedName;
    },
    async open(fileName, acceptEncoding) {
      const asset = byHashedName.get(fileName);
      if (asset === undefined) return null;
      const encoding = asset.type.compressible ? preferredEncoding(acceptEncoding) : null;
      const content = encoding === null ? asset.content : await encoded(asset, encoding);
      return { type: asset.type.mediaType, encoding, length: content.length, content: () => content };
    },
  };
}

function readFiles(directory: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readDirectory(directory)) {
    // Such as .DS_Store and .gitkeep.
    if (entry.name.startsWith('.')) continue;
    if (!entry.isFile())
      throw new Error(`assets: ${entry.name} is not a file; the directory may contain only files.`);
    const content = readFileSync(join(directory, entry.name));
    if (content.length > MAX_BYTES) throw new Error(`assets: ${entry.name} is larger than 2 MB.`);
    files.set(entry.name, content);
  }
  return files;
}

function readDirectory(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`assets: ${directory} can't be read: ${message}`, { cause: error });
  }
}

function ownAsset(name: string, content: Buffer): OwnAsset {
  const extension = extname(name);
  const type = assetTypes[extension];
  if (type === undefined || !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) {
    throw new Error(
      `assets: ${name} can't be served; use letters, digits, "-" and "_", with one of ${Object.keys(assetTypes).join(' ')} at the end.`,
    );
  }
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return {
    type,
    hashedName: `${name.slice(0, -extension.length)}.${hash}${extension}`,
    content,
    encoded: new Map(),
  };
}

function withHashedNames(sheet: string, assets: ReadonlyMap<string, OwnAsset>): string {
  return sheet.replace(/url\(\s*(["']?)([^"')]+)\1\s*\)/g, (whole, _quote, name: string) => {
    const asset = assets.get(name);
    return asset === undefined ? whole : `url(${asset.hashedName})`;
  });
}

function encoded({ content, encoded: kept }: OwnAsset, encoding: AssetEncoding): Promise<Buffer> {
  const known = kept.get(encoding);
  if (known !== undefined) return known;
  const made = compressors[encoding](content);
  kept.set(encoding, made);
  return made;
}
