import { matchesSearch, noSearchProgress, rankedHits, searchWords } from '@microblog/core';
import MiniSearch from 'minisearch';

/**
 * Search in the memory of the process, ranked by MiniSearch. It is empty when the process starts.
 * @returns {import('@microblog/core').SearchIndex}
 */
export function miniSearchIndex() {
  /** @type {Map<string, import('@microblog/core').SearchablePost & { body: string }>} */
  const posts = new Map();
  const engine = new MiniSearch({
    fields: ['body'],
    // The same words as in every index, so that accents, emoji and all scripts match alike.
    tokenize: searchWords,
    processTerm: (word) => word,
    searchOptions: { tokenize: (word) => [word], processTerm: (word) => word },
  });
  let progress = noSearchProgress;

  /** @param {string} id */
  const forget = (id) => {
    const post = posts.get(id);
    if (post !== undefined && posts.delete(id)) engine.remove(post);
  };

  return {
    enabled: true,
    upkeep: 'jobs',

    async search(query, request) {
      const found = engine.search(toEngine(query), {
        // Conditions that MiniSearch does not support: phrases, people, languages and times.
        filter: ({ id }) => {
          const post = posts.get(id);
          return post !== undefined && matchesSearch(query, post);
        },
      });
      return rankedHits(found, request);
    },

    async add(added, reached = progress) {
      for (const { id, authorId, language, body } of added) {
        forget(id);
        const post = { id, authorId, language, body, words: searchWords(body) };
        posts.set(id, post);
        engine.add(post);
      }
      progress = reached;
    },

    async remove(ids) {
      ids.forEach(forget);
    },

    async clear() {
      posts.clear();
      engine.removeAll();
      progress = noSearchProgress;
    },

    status: async () => ({ posts: posts.size, bytes: null, progress }),
    progress: async () => progress,
    close: async () => {},
  };
}

/**
 * Every group of the query must match by one of its terms, and a term matches by all of its words.
 * @param {import('@microblog/core').SearchQuery} query
 * @returns {import('minisearch').Query}
 */
function toEngine({ all }) {
  if (all.length === 0) return MiniSearch.wildcard;
  return {
    combineWith: 'AND',
    queries: all.map((group) => ({ combineWith: 'OR', queries: group.map(ofTerm) })),
  };
}

/**
 * @param {import('@microblog/core').SearchTerm} term
 * @returns {import('minisearch').Query}
 */
function ofTerm({ words, prefix }) {
  const [last = '', ...others] = [...words].reverse();
  return { combineWith: 'AND', queries: [...others, { queries: [last], prefix }] };
}
