import type { PostId, UserId } from '../kernel/ids.ts';

/** Words that stand next to each other in this order. A single word is a row of one. */
export interface SearchTerm {
  /** At least one, each as `searchWords` makes them. */
  readonly words: readonly string[];
  /** Whether the last word is only a beginning: `sun*` is met by "sun" and by "sunrise". */
  readonly prefix: boolean;
}

/**
 * What is searched for, as search indexes are asked. A post is found when it meets everything here; an empty
 * list asks for nothing. `parseSearchQuery` makes it of what people type.
 */
export interface SearchQuery {
  /** Of each group, one term at least. */
  readonly all: readonly (readonly SearchTerm[])[];
  /** None of these. */
  readonly none: readonly SearchTerm[];
  /** By one of these. */
  readonly authorIds: readonly UserId[];
  /** By none of these. */
  readonly exceptAuthorIds: readonly UserId[];
  /** In one of these languages, as small primary subtags: `es` asks for `es` and `es-MX` alike. */
  readonly languages: readonly string[];
  /** In none of these, which a post whose language is not known is not. */
  readonly exceptLanguages: readonly string[];
  /** Published from this id on: ids are times. */
  readonly from: PostId | null;
  /** Published before this id. */
  readonly until: PostId | null;
}

/** What asks for nothing at all, and would be met by every post. */
export function isEmptyQuery({ from, until, ...lists }: SearchQuery): boolean {
  return Object.values(lists).every((list) => list.length === 0) && from === null && until === null;
}

/** `relevance`: what matches best first, newer posts first among equals. `recent`: the newest first. */
export const searchOrders = ['relevance', 'recent'] as const;

/** In which order posts are found: the best matches or the newest first. */
export type SearchOrder = (typeof searchOrders)[number];
