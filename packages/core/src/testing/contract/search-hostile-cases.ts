import assert from 'node:assert/strict';
import { parseSearchQuery } from '../../search/parse-search-query.ts';
import type { SearchQuery } from '../../search/search-query.ts';
import { type SearchBench, searchIndexCases } from './search-index-case.ts';

const LENGTH = 10_000;
const filled = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

const long = {
  'one word': filled('a'),
  'the same word again and again': filled('needle '),
  'different words': Array.from({ length: 2_000 }, (_, number) => `w${number}`).join(' '),
  alternatives: filled('needle or '),
  beginnings: filled('ne* '),
  phrases: filled('"needle in" '),
  quotes: filled('"'),
  'opening quotes with words': filled('"needle '),
  'unwanted words': filled('-hay '),
  minuses: filled('-'),
  stars: filled('*'),
  filters: filled('lang:en '),
  people: filled('from:ada '),
  'excluded authors and languages': filled('-from:ada -lang:en '),
  brackets: filled('('),
  emoji: filled('👨‍👩‍👧‍👦'),
  'marks on one letter': `z${filled('\u0337')}`,
  spaces: filled(' '),
};

/**
 * Syntax of SQLite's FTS5, of Postgres' tsquery, of Lucene and of SQL, and characters that texts should not contain.
 */
const texts = [
  '"',
  '"""',
  '""needle',
  'needle"',
  '"needle" "',
  "'",
  "'needle'",
  "''; drop table posts; --",
  'needle AND hay',
  'needle OR OR',
  'OR',
  'AND NOT',
  'NOT needle',
  'NEAR(needle hay, 2)',
  'NEAR/2',
  'body:needle',
  'body : needle',
  '{body author}: needle',
  '- {body}: needle',
  '^needle',
  'needle + hay',
  'needle*hay',
  '* needle',
  '**',
  '(needle',
  'needle)',
  '()',
  'needle & hay',
  'needle | hay',
  '!needle',
  '!!',
  'needle <-> hay',
  'needle <2> hay',
  '<->',
  'needle:*',
  'needle:AB',
  'needle:*A',
  ':*',
  '&&',
  '| needle',
  '\\',
  "\\'",
  "needle\\' | 'hay",
  'needle\\',
  '$1 $$ $tag$',
  '? ?? :name @p1 ??::text',
  '%',
  '_',
  '%needle%',
  'needle\u0000hay',
  '\u0000',
  '\ud800',
  'needle \udc00',
  '\u202eneedle',
  '\ufffe\uffff',
  '<script>needle</script>',
  '/needle/',
  'needle~2',
  'needle^4',
  '[a TO z]',
  '-',
  '--',
  '- needle',
  '-""',
  '-or',
  '-from:',
  '-from:*',
  '-lang:"',
  '-before:never',
  'or',
  'or or or',
  'from:',
  'from:""',
  'lang:*',
  'before:never',
  'after:2026-99-99',
  'before:99999999999999999999',
];

/** Words that the parser would not produce: an index must not rely on its callers. */
const words = [
  '"',
  '""',
  "'",
  "''",
  'a"b',
  'a" OR "b',
  "a' | 'b",
  "a':*",
  'a\\',
  '\\',
  '*',
  ':*',
  '&',
  '(',
  ')',
  '%',
  ' ',
  '',
  'a b',
  '?',
  '$1',
  '\u0000',
  '\ud800',
];

async function stillWorks({ find }: SearchBench): Promise<void> {
  assert.deepEqual(await find('needle'), ['a needle in hay']);
  assert.deepEqual(await find('straw'), ['only straw']);
}

export const searchHostileCases = searchIndexCases('any query', {
  ...Object.fromEntries(
    Object.entries(long).map(([name, query]) => [
      `of 10,000 characters is accepted: ${name}`,
      async (bench: SearchBench) => {
        await bench.publish('a needle in hay', 'only straw');
        for (const order of ['recent', 'relevance'] as const) await bench.find(query, { order });
        await stillWorks(bench);
      },
    ]),
  ),
  'of 10,000 characters finds what it names': async ({ publish, find }) => {
    await publish('a needle in hay', 'only straw');
    assert.deepEqual(await find(long['the same word again and again']), ['a needle in hay']);
    assert.deepEqual(await find(long.phrases), ['a needle in hay']);
    assert.deepEqual(await find(long['unwanted words']), ['only straw']);
  },
  'is read as words, not as syntax of an engine': async (bench) => {
    await bench.publish('a needle in hay', 'only straw');
    for (const text of texts) {
      for (const order of ['recent', 'relevance'] as const) {
        const found = await bench.find(text, { order });
        assert.ok(found.length <= 2, text);
      }
    }
    await stillWorks(bench);
  },
  'in the syntax of an engine finds its words': async ({ publish, find }) => {
    await publish('a needle in hay', 'only straw', 'body of a needle', 'near and not');
    assert.deepEqual(await find('needle AND hay'), []);
    assert.deepEqual(await find('NEAR AND NOT'), ['near and not']);
    assert.deepEqual(await find('body:needle'), []);
    assert.deepEqual(await find('needle | straw'), []);
    assert.deepEqual(await find("straw' or 'hay"), ['only straw', 'a needle in hay']);
    assert.deepEqual(await find('!straw'), ['only straw']);
    assert.deepEqual(await find('%needle%'), ['body of a needle', 'a needle in hay']);
  },
  'may contain any text as a word': async (bench) => {
    await bench.publish('a needle in hay', 'only straw');
    const { query: empty } = parseSearchQuery('');
    for (const word of words) {
      const term = { words: [word], prefix: false };
      const queries: SearchQuery[] = [
        { ...empty, all: [[term]] },
        { ...empty, all: [[{ ...term, prefix: true }]] },
        { ...empty, all: [[{ words: [word, word], prefix: false }, term]] },
        { ...empty, all: [[{ words: ['needle'], prefix: false }]], none: [term] },
        { ...empty, languages: [word] },
        { ...empty, exceptLanguages: [word] },
      ];
      for (const query of queries) await bench.search(query);
    }
    await stillWorks(bench);
  },
});
