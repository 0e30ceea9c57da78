import type { PostId, UserId } from '../kernel/ids.ts';

/** One word, or several words that must be next to each other in this order. */
export interface SearchTerm {
  /** At least one word, in the form that `searchWords` returns. */
  readonly words: readonly string[];
  /** Whether the last word is a prefix: `sun*` matches "sun" and "sunrise". */
  readonly prefix: boolean;
}

/**
 * A query for search indexes. A post is found if it meets all conditions; an empty list is no condition.
 * `parseSearchQuery` makes it from the text of a search field.
 */
export interface SearchQuery {
  /** At least one term of each group must occur. */
  readonly all: readonly (readonly SearchTerm[])[];
  /** None of these terms may occur. */
  readonly none: readonly SearchTerm[];
  /** The author is one of these. */
  readonly authorIds: readonly UserId[];
  /** The author is none of these. */
  readonly exceptAuthorIds: readonly UserId[];
  /** The language is one of these lower-case primary subtags: `es` matches `es` and `es-MX`. */
  readonly languages: readonly string[];
  /** The language is none of these. A post in an unknown language meets this. */
  readonly exceptLanguages: readonly string[];
  /** Published at or after this id; ids contain times. */
  readonly from: PostId | null;
  /** Published before this id. */
  readonly until: PostId | null;
}

/** Whether a query has no condition, so that every post would match. */
export function isEmptyQuery({ from, until, ...lists }: SearchQuery): boolean {
  return Object.values(lists).every((list) => list.length === 0) && from === null && until === null;
}

/** `relevance`: the best matches first, newer posts first among equals. `recent`: the newest first. */
export const searchOrders = ['relevance', 'recent'] as const;

/** The order of found posts: the best matches first or the newest first. */
export type SearchOrder = (typeof searchOrders)[number];
