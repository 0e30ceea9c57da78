import { readFileSync } from 'node:fs';
import { type PostgresStorage, postgresStorage } from '@microblog/adapters-postgres';
import { fileSearchIndex, postgresSearchIndex } from '@microblog/adapters-search';
import { parseSearchQuery, type SearchIndex, type SearchOrder, searchOrders } from '@microblog/core';
import { type Clock, measure, medianTimes, type Times } from './measure.ts';

/** `posts.ts` explains the words. */
const queries = [
  'common',
  'common usual',
  '"common usual"',
  'common -usual',
  'middling',
  'uncommon',
  'former',
  'rareish',
  'rareish common',
  'unique',
  'wa*',
  'common from:author1',
];

/** A page of 50, and one more post to see whether there is another page. */
const LIMIT = 51;

/** Scans of the whole table take seconds: only this many rounds, in the first series only. */
const SCANS = 3;

export interface TimeOptions {
  readonly file: string;
  readonly databaseUrl: string;
  /** Series of 200 rounds; the medians are shown. */
  readonly series: number;
  /**
   * Measures processor time instead of wall-clock time, so that other work on the machine hardly counts. For the
   * file it is the time of this process, for Postgres that of the database's own process on the same machine. Linux
   * only.
   */
  readonly processor: boolean;
}

interface Clocks {
  readonly file: Clock;
  readonly postgres: Clock;
}

/** Prints a table of search times on the data of `fillIndexes`. */
export async function timeSearches({ file, databaseUrl, series, processor }: TimeOptions): Promise<void> {
  const storage = postgresStorage({ connectionString: databaseUrl, poolSize: 1 });
  const clocks = processor ? await processorClocks(storage) : wallClocks;
  const indexes = { file: fileSearchIndex({ file }), postgres: postgresSearchIndex(storage) };
  const rows = queries.flatMap((query) => searchOrders.map((order) => ({ query, order })));
  const cells = rows.map(() => ({ file: [] as Times[], postgres: [] as Times[], ilike: [] as Times[] }));
  for (let number = 0; number < series; number++) {
    for (const [place, { query, order }] of rows.entries()) {
      const cell = cells[place];
      cell?.file.push(await timesOf(indexes.file, query, order, clocks.file));
      cell?.postgres.push(await timesOf(indexes.postgres, query, order, clocks.postgres));
      if (order === 'recent' && number === 0)
        cell?.ilike.push(await timesOfScan(storage, query, clocks.postgres));
    }
  }
  console.log('| query | order | file p50 | p99 | postgres p50 | p99 | ilike p50 | slowest |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const [place, { query, order }] of rows.entries()) {
    const { file, postgres, ilike } = cells[place] ?? { file: [], postgres: [], ilike: [] };
    console.log(`| \`${query}\` | ${order} | ${[file, postgres, ilike].map(shown).join(' | ')} |`);
  }
  for (const index of Object.values(indexes)) await index.close();
  await storage.close();
}

function timesOf(index: SearchIndex, text: string, order: SearchOrder, clock: Clock): Promise<Times> {
  const { query, nicknames } = parseSearchQuery(text);
  // An author's id is its number.
  const authorIds = nicknames.map((nickname) => nickname.replace('author', '') as never);
  return measure(() => index.search({ ...query, authorIds }, { order, limit: LIMIT }), { clock });
}

/** The query without an index: every word anywhere in the text, newest first. */
function timesOfScan({ query: run }: PostgresStorage, text: string, clock: Clock): Promise<Times> {
  const { query, nicknames } = parseSearchQuery(text);
  const pattern = ({ words }: { readonly words: readonly string[] }) => `%${words.join(' ')}%`;
  const conditions = [
    ...query.all.map(([term]) => ({ sql: 'body ilike ?', value: pattern(term ?? { words: [] }) })),
    ...query.none.map((term) => ({ sql: 'body not ilike ?', value: pattern(term) })),
    ...nicknames.map((nickname) => ({ sql: 'author_id = ?', value: nickname.replace('author', '') })),
  ];
  const sql = `select id from microblog.posts where ${conditions.map((condition) => condition.sql).join(' and ')}
    order by id desc limit ${LIMIT}`;
  const values = conditions.map(({ value }) => value);
  return measure(() => run(sql, values), { rounds: SCANS, clock });
}

const wallClocks: Clocks = { file: () => performance.now(), postgres: () => performance.now() };

/** The database process of the storage's one connection. `schedstat` begins with its nanoseconds on a processor. */
async function processorClocks(storage: PostgresStorage): Promise<Clocks> {
  // No parallel scans: the time of the other processes would not be counted.
  await storage.query('set max_parallel_workers_per_gather = 0', []);
  const [server] = await storage.query<{ pid: number }>('select pg_backend_pid() as pid', []);
  return {
    file() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    postgres: () => Number(readFileSync(`/proc/${server?.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
  };
}

function shown(series: readonly Times[]): string {
  if (series.length === 0) return ' | ';
  const { p50, p99 } = medianTimes(series);
  return `${p50.toFixed(1)} | ${p99.toFixed(1)}`;
}
