import { describe, expect, it } from 'vitest';
import { memorySearchIndex } from '../../memory/memory-search-index.ts';
import type { SearchIndex, SearchRequest } from '../../ports/search-index.ts';
import type { SearchQuery } from '../../search/search-query.ts';
import { searchIndexContract } from './search-index-contract.ts';

/** An index that asks another one something else than it was asked. */
const asking = (change: (query: SearchQuery, request: SearchRequest) => [SearchQuery, SearchRequest]) => {
  const index = memorySearchIndex();
  return {
    ...index,
    search: (...asked: Parameters<SearchIndex['search']>) => index.search(...change(...asked)),
  };
};

const alike = (query: SearchQuery, change: Partial<SearchQuery>): SearchQuery => ({ ...query, ...change });

/** What is wrong with an index, each by one mistake of those that are easily made. */
const mistakes: Readonly<Record<string, () => SearchIndex>> = {
  'ignores what is not wanted': () => asking((query, request) => [alike(query, { none: [] }), request]),
  'takes alternatives for words that are all wanted': () =>
    asking((query, request) => [alike(query, { all: query.all.flat().map((term) => [term]) }), request]),
  'takes phrases for single words': () =>
    asking((query, request) => [
      alike(query, {
        all: query.all.flatMap((group) =>
          group.length > 1
            ? [group]
            : group.flatMap(({ words, prefix }) => words.map((word) => [{ words: [word], prefix }])),
        ),
      }),
      request,
    ]),
  'takes beginnings for words': () =>
    asking((query, request) => [
      alike(query, { all: query.all.map((group) => group.map((term) => ({ ...term, prefix: false }))) }),
      request,
    ]),
  'ignores authors': () => asking((query, request) => [alike(query, { authorIds: [] }), request]),
  'ignores authors that are not wanted': () =>
    asking((query, request) => [alike(query, { exceptAuthorIds: [] }), request]),
  'ignores languages that are not wanted': () =>
    asking((query, request) => [alike(query, { exceptLanguages: [] }), request]),
  'ignores languages': () => asking((query, request) => [alike(query, { languages: [] }), request]),
  'ignores the end of a time': () => asking((query, request) => [alike(query, { until: null }), request]),
  'ignores the beginning of a time': () =>
    asking((query, request) => [alike(query, { from: null }), request]),
  'knows one order only': () => asking((query, request) => [query, { ...request, order: 'recent' }]),
  'ignores cursors': () => asking((query, request) => [query, { ...request, cursor: undefined }]),
  'ignores the limit': () => asking((query, request) => [query, { ...request, limit: 1_000 }]),
  'knows ASCII alone': () => {
    const index = memorySearchIndex();
    const add: SearchIndex['add'] = (posts, progress) =>
      index.add(
        posts.map((post) => ({ ...post, body: post.body.replace(/[^\0-\x7f]/g, ' ') })),
        progress,
      );
    return { ...index, add };
  },
  'forgets nothing': () => ({ ...memorySearchIndex(), remove: async () => {} }),
  'does not empty itself': () => ({ ...memorySearchIndex(), clear: async () => {} }),
  'forgets how far it was filled': () => {
    const index = memorySearchIndex();
    return { ...index, add: (posts) => index.add(posts) };
  },
  'takes itself for complete': () => ({
    ...memorySearchIndex(),
    progress: async () => ({ complete: true, reached: null }),
  }),
  'does not count': () => {
    const index = memorySearchIndex();
    return { ...index, status: async () => ({ ...(await index.status()), posts: 7 }) };
  },
  'throws for what it does not understand': () =>
    asking((query, request) => {
      if (query.all.flat().some(({ words }) => words.some((word) => word.includes('"')))) {
        throw new Error('fts5: syntax error near """');
      }
      return [query, request];
    }),
};

const failures = async (open: () => SearchIndex) => {
  const outcomes = await Promise.allSettled(
    searchIndexContract({ steady: true }).map(({ run }) => run(async () => ({ index: open() }))),
  );
  return outcomes.filter(({ status }) => status === 'rejected').length;
};

describe('searchIndexContract', () => {
  it('lets an index pass that makes no mistake', async () => {
    expect(await failures(memorySearchIndex)).toBe(0);
  });

  it.each(Object.entries(mistakes))('does not let one pass that %s', async (_name, open) => {
    expect(await failures(open)).toBeGreaterThan(0);
  });

  it('asks of an index no more than it declares', () => {
    const names = (capabilities: Parameters<typeof searchIndexContract>[0]) =>
      searchIndexContract(capabilities).map(({ name }) => name);
    expect(names({}).length).toBeLessThan(names({ steady: true }).length);
    expect(names({ steady: true }).length).toBeLessThan(
      names({ steady: true, kept: true, shared: true }).length,
    );
  });
});
