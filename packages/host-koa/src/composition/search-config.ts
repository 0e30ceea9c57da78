import {
  fileSearchIndex,
  noSearchIndex,
  type PostgresQueries,
  postgresSearchIndex,
} from '@microblog/adapters-search';
import { type Logger, type SearchIndex, silentLogger } from '@microblog/core';
import type { Config } from './config.ts';

export interface SearchNeeds {
  /** Null if the database can't be reached; an index in the database is then off. */
  readonly storage: PostgresQueries | null;
  readonly logger?: Logger;
}

/** The search index of the configuration. */
export function configuredSearchIndex(
  { search, site }: Pick<Config, 'search' | 'site'>,
  { storage, logger = silentLogger }: SearchNeeds,
): SearchIndex {
  if (search.kind === 'file') return fileSearchIndex({ file: search.file, logger });
  if (search.kind === 'postgres' && storage !== null) {
    return postgresSearchIndex(storage, { languages: site.languages });
  }
  return noSearchIndex();
}
