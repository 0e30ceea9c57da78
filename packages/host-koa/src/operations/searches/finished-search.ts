/** What is known of a search on the pages when it has ended: for metrics. */
export interface FinishedSearch {
  /** Whether it found posts; `refused` for a cursor that is none, `failed` for a fault of the index or the program. */
  readonly outcome: 'found' | 'nothing' | 'refused' | 'failed';
  /** From asking the index to having the posts of the page. */
  readonly milliseconds: number;
}

/** Hears of every search, when it has ended. */
export type SearchObserver = (search: FinishedSearch) => void;
