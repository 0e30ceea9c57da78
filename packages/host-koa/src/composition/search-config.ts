import { fileSearchIndex, noSearchIndex } from '@microblog/adapters-search';
import { type Logger, type SearchIndex, silentLogger } from '@microblog/core';
import type { Config } from './config.ts';

/** The search index of the configuration, where it needs no database: none, or a file. */
export function configuredSearchIndex({ search }: Config, logger: Logger = silentLogger): SearchIndex {
  return search.kind === 'file' ? fileSearchIndex({ file: search.file, logger }) : noSearchIndex();
}
