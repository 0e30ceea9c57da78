export { noSearchIndex } from './none/no-search-index.ts';
