export { type FileSearchIndexOptions, fileSearchIndex } from './file/file-search-index.ts';
export { noSearchIndex } from './none/no-search-index.ts';
