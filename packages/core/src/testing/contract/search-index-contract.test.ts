import { describe, expect, it } from 'vitest';
import { memorySearchIndex } from '../../memory/memory-search-index.ts';
import type { SearchIndex, SearchRequest } from '../../ports/search-index.ts';
import type { SearchQuery } from '../../search/search-query.ts';
import { searchIndexContract } from './search-index-contract.ts';

/** An index that changes each query before it passes it on. */
const asking = (change: (query: SearchQuery, request: SearchRequest) => [SearchQuery, SearchRequest]) => {
  const index = memorySearchIndex();
  return {
    ...index,
    search: (...asked: Parameters<SearchIndex['search']>) => index.search(...change(...asked)),
  };
};

const alike = (query: SearchQuery, change: Partial<SearchQuery>): SearchQuery => ({ ...query, ...change });

/** Faulty indexes, each with one likely mistake. */
const mistakes: Readonly<Record<string, () => SearchIndex>> = {
  'ignores excluded words': () => asking((query, request) => [alike(query, { none: [] }), request]),
  'treats alternatives as words that must all match': () =>
    asking((query, request) => [alike(query, { all: query.all.flat().map((term) => [term]) }), request]),
  'treats phrases as single words': () =>
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
  'treats prefixes as whole words': () =>
    asking((query, request) => [
      alike(query, { all: query.all.map((group) => group.map((term) => ({ ...term, prefix: false }))) }),
      request,
    ]),
  'ignores authors': () => asking((query, request) => [alike(query, { authorIds: [] }), request]),
  'ignores excluded authors': () =>
    asking((query, request) => [alike(query, { exceptAuthorIds: [] }), request]),
  'ignores excluded languages': () =>
    asking((query, request) => [alike(query, { exceptLanguages: [] }), request]),
  'ignores languages': () => asking((query, request) => [alike(query, { languages: [] }), request]),
  'ignores the end of a period': () => asking((query, request) => [alike(query, { until: null }), request]),
  'ignores the beginning of a period': () =>
    asking((query, request) => [alike(query, { from: null }), request]),
  'has only one order': () => asking((query, request) => [query, { ...request, order: 'recent' }]),
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
  'is not emptied by clear': () => ({ ...memorySearchIndex(), clear: async () => {} }),
  'does not store its progress': () => {
    const index = memorySearchIndex();
    return { ...index, add: (posts) => index.add(posts) };
  },
  'always reports itself as complete': () => ({
    ...memorySearchIndex(),
    progress: async () => ({ complete: true, reached: null }),
  }),
  'does not count': () => {
    const index = memorySearchIndex();
    return { ...index, status: async () => ({ ...(await index.status()), posts: 7 }) };
  },
  'throws for texts that it cannot parse': () =>
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
  it('passes for an index without mistakes', async () => {
    expect(await failures(memorySearchIndex)).toBe(0);
  });

  it.each(Object.entries(mistakes))('fails for an index that %s', async (_name, open) => {
    expect(await failures(open)).toBeGreaterThan(0);
  });

  it('tests only the capabilities that an index declares', () => {
    const names = (capabilities: Parameters<typeof searchIndexContract>[0]) =>
      searchIndexContract(capabilities).map(({ name }) => name);
    expect(names({}).length).toBeLessThan(names({ steady: true }).length);
    expect(names({ steady: true }).length).toBeLessThan(
      names({ steady: true, kept: true, shared: true }).length,
    );
  });
});
