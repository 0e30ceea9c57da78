/** Facts about a finished search on the pages: for metrics. */
export interface FinishedSearch {
  /** Whether it found posts; `refused` for an invalid cursor, `failed` for a fault of the index or the program. */
  readonly outcome: 'found' | 'nothing' | 'refused' | 'failed';
  /** From the query to the index until the posts of the page are read. */
  readonly milliseconds: number;
}

/** Called for every search when it has ended. */
export type SearchObserver = (search: FinishedSearch) => void;
