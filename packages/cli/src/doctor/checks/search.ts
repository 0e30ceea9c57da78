import { parseSearchQuery, type SearchIndex } from '@microblog/core';
import { describeError } from '../../describe-error.ts';
import { type Finding, fail, ok } from '../finding.ts';

export async function checkSearch(search: SearchIndex): Promise<Finding> {
  if (!search.enabled) return ok('search', 'Search is off.');
  try {
    await search.search(parseSearchQuery('doctor').query, { order: 'recent', limit: 1 });
    return ok('search', 'The search index answers.');
  } catch (error) {
    return fail(
      'search',
      `The search index fails: ${describeError(error)}`,
      'Build it anew, or turn it off.',
    );
  }
}
