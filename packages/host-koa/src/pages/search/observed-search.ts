import type { SearchResults } from '@microblog/core';
import { errorAnswer } from '../../http/error-answer.ts';
import type { FinishedSearch, SearchObserver } from '../../operations/searches/finished-search.ts';

/** Runs a search, and notifies every observer when it has ended. An empty query is not reported. */
export async function observedSearch(
  observers: readonly SearchObserver[],
  search: () => Promise<SearchResults>,
): Promise<SearchResults> {
  const start = performance.now();
  const report = (outcome: FinishedSearch['outcome']) => {
    const finished = { outcome, milliseconds: performance.now() - start };
    for (const observe of observers) observe(finished);
  };
  try {
    const results = await search();
    if (results.asked) report(results.items.length > 0 ? 'found' : 'nothing');
    return results;
  } catch (error) {
    report(errorAnswer(error).status < 500 ? 'refused' : 'failed');
    throw error;
  }
}
