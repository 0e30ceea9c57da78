import type { SearchResults } from '@microblog/core';
import { errorAnswer } from '../../http/error-answer.ts';
import type { FinishedSearch, SearchObserver } from '../../operations/searches/finished-search.ts';

/** Runs a search, and tells every observer when it has ended. What asks for nothing is no search. */
export async function observedSearch(
  observers: readonly SearchObserver[],
  search: () => Promise<SearchResults>,
): Promise<SearchResults> {
  const start = performance.now();
  const tell = (outcome: FinishedSearch['outcome']) => {
    const finished = { outcome, milliseconds: performance.now() - start };
    for (const observe of observers) observe(finished);
  };
  try {
    const results = await search();
    if (results.asked) tell(results.items.length > 0 ? 'found' : 'nothing');
    return results;
  } catch (error) {
    tell(errorAnswer(error).status < 500 ? 'refused' : 'failed');
    throw error;
  }
}
