import { existsSync } from 'node:fs';
import { parseSearchQuery } from '@microblog/core';
import type { Config, Diagnosis } from '@microblog/host-koa/composition';
import { describeError } from '../../describe-error.ts';
import { counted } from '../counted.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** Checks the index if it exists. Does not create one. */
export async function checkSearch(search: Diagnosis['search'], config: Config['search']): Promise<Finding> {
  if (!search.enabled) return ok('search', 'Search is off.');
  if (config.kind === 'file' && !existsSync(config.file)) {
    return ok('search', `The search index is made in ${config.file} at the first start.`);
  }
  try {
    await search.search(parseSearchQuery('doctor').query, { order: 'relevance', limit: 1 });
    const { posts, progress } = await search.status();
    if (progress.complete)
      return ok('search', `The search index answers; it holds ${counted(posts, 'post')}.`);
    return warn(
      'search',
      `The search index answers, but is not complete: it holds ${counted(posts, 'post')}.`,
      'The process that runs jobs fills it by itself; "microblog search reindex" does so at once.',
    );
  } catch (error) {
    return fail(
      'search',
      `The search index fails: ${describeError(error)}`,
      'Rebuild it with "microblog search reindex", or turn search off with SEARCH=none.',
    );
  }
}
