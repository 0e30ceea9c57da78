export interface AssetType {
  readonly mediaType: string;
  /** Whether compression makes it smaller; pictures and fonts are compressed already. */
  readonly compressible: boolean;
}

const text = (mediaType: string): AssetType => ({ mediaType, compressible: true });
const packed = (mediaType: string): AssetType => ({ mediaType, compressible: false });

/** The types of files served under `/assets/`, by file name extension. */
export const assetTypes: Readonly<Record<string, AssetType>> = {
  '.css': text('text/css; charset=utf-8'),
  '.js': text('text/javascript; charset=utf-8'),
  '.svg': text('image/svg+xml'),
  '.png': packed('image/png'),
  '.jpg': packed('image/jpeg'),
  '.webp': packed('image/webp'),
  '.avif': packed('image/avif'),
  '.gif': packed('image/gif'),
  '.ico': packed('image/x-icon'),
  '.woff2': packed('font/woff2'),
};
