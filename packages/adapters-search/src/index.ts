export { type FileSearchIndexOptions, fileSearchIndex } from './file/file-search-index.ts';
export { noSearchIndex } from './none/no-search-index.ts';
export {
  type PostgresQueries,
  type PostgresSearchIndexOptions,
  postgresSearchIndex,
} from './postgres/postgres-search-index.ts';
