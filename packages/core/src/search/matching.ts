import { compareIds } from '../kernel/ids.ts';
import type { Post } from '../posts/post.ts';
import type { SearchQuery, SearchTerm } from './search-query.ts';

/** The fields of a post that search needs. `words` are the words of its body, from `searchWords`. */
export interface SearchablePost extends Pick<Post, 'id' | 'authorId' | 'language'> {
  readonly words: readonly string[];
}

/** Whether a post matches a query. Defines what every search index must find. */
export function matchesSearch(query: SearchQuery, post: SearchablePost): boolean {
  const { all, none, authorIds, exceptAuthorIds, languages, exceptLanguages, from, until } = query;
  const language = primaryLanguage(post.language);
  const holds = (term: SearchTerm) => placesOf(term, post.words).length > 0;
  return (
    (authorIds.length === 0 || authorIds.includes(post.authorId)) &&
    !exceptAuthorIds.includes(post.authorId) &&
    (languages.length === 0 || languages.includes(language)) &&
    !exceptLanguages.includes(language) &&
    (from === null || compareIds(post.id, from) >= 0) &&
    (until === null || compareIds(post.id, until) < 0) &&
    all.every((group) => group.some(holds)) &&
    !none.some(holds)
  );
}

/** `es` of `es-MX`; '' if the language is unknown. */
export function primaryLanguage(language: string | null): string {
  return language?.split('-')[0]?.toLowerCase() ?? '';
}

/** Where a term begins among the words of a text, as indexes into them. */
export function placesOf(term: SearchTerm, words: readonly string[]): number[] {
  const places: number[] = [];
  for (let place = 0; place <= words.length - term.words.length; place++) {
    if (isAt(place, term, words)) places.push(place);
  }
  return places;
}

function isAt(place: number, { words: wanted, prefix }: SearchTerm, words: readonly string[]): boolean {
  const last = wanted.length - 1;
  for (const [index, word] of wanted.entries()) {
    const found = words[place + index] ?? '';
    if (prefix && index === last ? !found.startsWith(word) : found !== word) return false;
  }
  return true;
}

/** The typical number of words of a post. In longer posts, each word counts less. */
const USUAL_LENGTH = 20;

/**
 * The score of a post as a whole number: higher if the terms occur more often and among fewer other words. It is BM25
 * without the rarity of words (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75). So it depends only on this post, and
 * pages keep their order while posts are added and deleted.
 */
export function relevance({ all }: SearchQuery, words: readonly string[]): number {
  const length = 0.25 + (0.75 * words.length) / USUAL_LENGTH;
  const weigh = (times: number) => (times * 2.2) / (times + 1.2 * length);
  const weights = all.map((group) =>
    Math.max(0, ...group.map((term) => weigh(placesOf(term, words).length))),
  );
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) * 1_000_000);
}
