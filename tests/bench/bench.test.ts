import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { openSession, runStatements } from '../support/databases.ts';
import { temporaryFolder } from '../support/microblog-process.ts';

const main = fileURLToPath(new URL('../../bench/serving/main.ts', import.meta.url));
const PEOPLE = 23;
/** Few rows and requests. Every author has more posts than a page, as in a run that counts. */
const tiny = [
  ...['--people', String(PEOPLE), '--posts', '1800', '--follows', '5'],
  ...['--pairs', '1', '--seconds', '0.01', '--connections', '2', '--noise-limit', 'any'],
];
const MINUTES = 60_000;

interface Figures {
  readonly rate: number;
}
type Rows = readonly {
  readonly measured: { readonly series: Readonly<Record<string, readonly Figures[]>> };
}[];

/** Runs the bench to its end, and returns its tables and figures. */
async function bench(parts: string, ...options: string[]) {
  await using stack = new AsyncDisposableStack();
  const folder = await temporaryFolder();
  stack.defer(folder.remove);
  const json = join(folder.path, 'figures.json');
  const args = ['--conditions=@microblog/source', main, ...tiny, '--only', parts, '--json', json, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env.PATH, TEST_DATABASE_URL: inject('postgresUrl') },
  });
  return { tables: stdout, results: JSON.parse(await readFile(json, 'utf8')) };
}

/** The names of the rows whose servers all gave answers. */
function answered(rows: Rows): string[] {
  return rows.flatMap(({ measured: { series } }) =>
    Object.entries(series).flatMap(([name, all]) => (all.every(({ rate }) => rate > 0) ? [name] : [])),
  );
}

describe('the bench', () => {
  afterAll(async () => {
    // A server of one's own outlives the test run.
    const session = await openSession(inject('postgresUrl'));
    const seeded = await session.query(
      `select datname from pg_database where datname like 'microblog_bench_${PEOPLE}_%'`,
    );
    await session.end();
    await runStatements(
      inject('postgresUrl'),
      seeded.map(({ datname }) => `drop database ${datname} with (force)`),
    );
  });

  it(
    'measures pages beside a floor that writes the same bytes, and other requests beside them',
    async () => {
      const parts = 'home,profile,explore,permalink,sign-in,search,feeds,compression,publish,memory';
      const { tables, results } = await bench(parts);
      expect(results.pairs).toHaveLength(10);
      expect(answered(results.pairs)).toEqual(Array(10).fill(['ours', 'floor']).flat());
      expect(answered(results.compared)).toEqual([
        ...['explore, member, for comparison', 'search', 'Atom feed', 'JSON feed'],
        ...['home, uncompressed', 'home, gzip', 'home, br'],
      ]);
      expect(Object.keys(results.shares)).toEqual(
        expect.arrayContaining(['home, member', 'publish', 'search']),
      );
      expect(tables).toMatch(/^\| permalink, visitor \| [\d,]+ \| /m);
      expect(tables).toMatch(/^\| 250 \| /m);
    },
    10 * MINUTES,
  );

  it(
    'measures embedded, restored and growing databases',
    async () => {
      const { tables, results } = await bench('embedded,restore,growth', '--no-floor');
      expect(results.embedded).toMatchObject({ posts: 1_800, startTimeAfterRestore: expect.any(Number) });
      expect(answered(results.growth)).toHaveLength(3 * 4);
      expect(tables).toMatch(/^\| Postgres, CPU ms \| 90 posts \| 1,800 posts \| 9,000 posts \|$/m);
    },
    10 * MINUTES,
  );
});
