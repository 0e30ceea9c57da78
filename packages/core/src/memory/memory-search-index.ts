import type { PostId } from '../kernel/ids.ts';
import { noSearchProgress, type SearchIndex } from '../ports/search-index.ts';
import { matchesSearch, relevance, type SearchablePost } from '../search/matching.ts';
import { rankedHits } from '../search/ranking.ts';
import { searchWords } from '../search/words.ts';

/**
 * Searches by checking every post, for tests and small scripts. The index is in the memory of the process and lost with
 * it. The tens of thousands of posts of a small site take tens of milliseconds.
 */
export function memorySearchIndex(): SearchIndex {
  const posts = new Map<PostId, SearchablePost>();
  let progress = noSearchProgress;
  return {
    enabled: true,
    upkeep: 'jobs',
    async search(query, request) {
      const found = [...posts.values()].filter((post) => matchesSearch(query, post));
      return rankedHits(
        found.map(({ id, words }) => ({ id, score: relevance(query, words) })),
        request,
      );
    },
    async add(added, reached = progress) {
      for (const { id, authorId, language, body } of added) {
        posts.set(id, { id, authorId, language, words: searchWords(body) });
      }
      progress = reached;
    },
    async remove(ids) {
      for (const id of ids) posts.delete(id);
    },
    async clear() {
      posts.clear();
      progress = noSearchProgress;
    },
    status: async () => ({ posts: posts.size, bytes: null, progress }),
    progress: async () => progress,
    close: async () => {},
  };
}
