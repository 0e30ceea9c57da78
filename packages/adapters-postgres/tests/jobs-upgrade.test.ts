import { PGlite } from '@electric-sql/pglite';
import { JOB_ATTEMPTS, type Job } from '@microblog/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresJobQueue, postgresStorage, rollback } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

const BEFORE = '0007_translations';
const LATER = new Date('2200-01-01T00:00:00.123Z');

/** The fields that differ between jobs in the tables of pg-boss. */
interface FormerJob {
  readonly number: number;
  readonly state?: 'created' | 'retry' | 'active' | 'failed';
  readonly key?: string;
  readonly startAfter?: Date;
  readonly retryCount?: number;
  readonly startedOn?: Date;
  readonly output?: object;
}

let database: TestDatabase;
let pglite: PGlite;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  pglite = await PGlite.create();
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

afterAll(async () => {
  await pglite.close();
  await database.drop();
});

/** Stores jobs as releases before migration 0008 did, in the order of one call. */
async function keepFormerJobs({ query, schema }: PostgresStorage, jobs: readonly FormerJob[]): Promise<void> {
  await query(
    `insert into "${schema}_jobs".queue (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds,
       retention_seconds, deletion_seconds, partition, table_name)
     values ('test.run', 'standard', 4, 60, true, 3600, 1, 0, false, 'job_common')`,
    [],
  );
  for (const [place, job] of jobs.entries()) {
    const { number, state = 'created', key, startAfter, retryCount = 0, startedOn, output } = job;
    await query(
      `insert into "${schema}_jobs".job_common (name, data, singleton_key, policy, state, start_after, retry_count,
         started_on, heartbeat_on, completed_on, output, created_on, retry_limit, retry_delay, retry_backoff,
         expire_seconds, deletion_seconds, keep_until)
       values ('test.run', ?::jsonb, ?::text, ?, ?, coalesce(?::timestamptz, now()), ?::integer, ?::timestamptz,
         ?::timestamptz, ?::timestamptz, ?::jsonb, now() - interval '1 minute' + ?::integer * interval '1 second',
         4, 60, true, 3600, 0, 'infinity')`,
      [
        JSON.stringify({ number }),
        key ?? null,
        key === undefined ? 'standard' : 'short',
        state,
        startAfter?.toISOString() ?? null,
        retryCount,
        startedOn?.toISOString() ?? null,
        state === 'active' ? startedOn?.toISOString() : null,
        state === 'failed' ? new Date().toISOString() : null,
        output === undefined ? null : JSON.stringify(output),
        place,
      ],
    );
  }
}

/** Undoes the last migrations, down to and including 0008. */
async function rollBackJobsTable(storage: PostgresStorage): Promise<void> {
  const undone: (string | null)[] = [];
  while (!undone.includes('0008_jobs_table')) undone.push(await rollback(storage));
}

describe.each(['server', 'PGlite'] as const)('jobs of the tables of pg-boss, on a %s', (kind) => {
  /** A database that had these jobs and was then upgraded. */
  async function upgraded(...jobs: readonly FormerJob[]) {
    const schema = `Former_${crypto.randomUUID().replaceAll('-', '')}`;
    const storage = postgresStorage(
      kind === 'server' ? { connectionString: database.url, schema } : { pglite, schema },
    );
    closing.push(() => storage.close());
    await migrate(storage, { to: BEFORE });
    await keepFormerJobs(storage, jobs);
    await migrate(storage);
    const queue = postgresJobQueue(storage, { pollMilliseconds: 25, lapseMilliseconds: 30 });
    closing.push(() => queue.stop({ graceMilliseconds: 0 }));
    return { storage, queue, kept: () => storage.query(`select * from "${schema}".jobs order by id`, []) };
  }

  const makeDue = ({ query, schema }: PostgresStorage) =>
    query(`update "${schema}".jobs set run_at = now() where state = 'waiting'`, []);

  it('run with their payload, in the order in which they were enqueued, and their schema is gone', async () => {
    const { storage, queue } = await upgraded({ number: 3 }, { number: 1 }, { number: 2 });
    const numbers: unknown[] = [];
    await queue.start({ 'test.run': async ({ number }) => void numbers.push(number) });
    await expect.poll(() => numbers).toEqual([3, 1, 2]);
    expect(
      await storage.query('select from pg_namespace where nspname = ?', [`${storage.schema}_jobs`]),
    ).toEqual([]);
  });

  it('keep the time at which they are due', async () => {
    const { queue, kept } = await upgraded({ number: 1, startAfter: LATER });
    expect(await queue.statistics()).toMatchObject({ waiting: 0, scheduled: 1 });
    expect(await kept()).toMatchObject([{ run_at: LATER }]);
  });

  it('keep their key while they have not begun', async () => {
    const { queue } = await upgraded(
      { number: 1, key: 'begun', state: 'retry', startedOn: new Date() },
      { number: 2, key: 'waiting' },
    );
    await queue.enqueue({ name: 'test.run', payload: { number: 3 } }, { key: 'waiting' });
    await queue.enqueue({ name: 'test.run', payload: { number: 4 } }, { key: 'begun' });
    const numbers: unknown[] = [];
    await queue.start({ 'test.run': async ({ number }) => void numbers.push(number) });
    await expect.poll(() => numbers).toEqual([1, 2, 4]);
  });

  it.each([
    ['waited for its first attempt', { number: 1 }, 0],
    ['failed once', { number: 1, state: 'retry', startedOn: new Date() }, 1],
    ['failed three times', { number: 1, state: 'retry', retryCount: 2, startedOn: new Date() }, 3],
    ['was given back in its second attempt', { number: 1, state: 'retry', retryCount: 1 }, 1],
    ['was left by a process that was killed', { number: 1, state: 'active', startedOn: new Date(0) }, 1],
  ] as const)('have as many attempts left as before: one that %s', async (_what, job, made) => {
    const { storage, queue } = await upgraded(job);
    let attempts = 0;
    const reports: Job[] = [];
    const handler = async () => {
      attempts += 1;
      throw new Error('on purpose');
    };
    await queue.start({ 'test.run': handler }, { onFailure: (given) => reports.push(given) });
    await expect
      .poll(async () => {
        await makeDue(storage);
        return reports;
      })
      .toEqual([{ name: 'test.run', payload: { number: 1 } }]);
    expect(made + attempts).toBe(JOB_ATTEMPTS);
  });

  it('that run at that moment count as running, with their last heartbeat', async () => {
    const startedOn = new Date();
    const { queue, kept } = await upgraded({ number: 1, state: 'active', startedOn, retryCount: 1 });
    expect(await queue.statistics()).toMatchObject({ waiting: 0, running: 1 });
    expect(await kept()).toMatchObject([{ started_at: startedOn, heartbeat_at: startedOn, attempts: 1 }]);
  });

  it('that were given up stay given up, with their error', async () => {
    const output = { name: 'Error', message: 'on purpose' };
    const { queue, kept } = await upgraded({ number: 1, state: 'failed', retryCount: 4, output });
    expect(await queue.statistics()).toMatchObject({ waiting: 0, scheduled: 0, failed: 1 });
    expect(await kept()).toMatchObject([{ last_error: 'on purpose', attempts: JOB_ATTEMPTS }]);
  });

  it('are back in those tables after a rollback', async () => {
    const { storage } = await upgraded(
      { number: 1, state: 'retry', retryCount: 2, startedOn: new Date() },
      { number: 2, key: 'a', startAfter: LATER },
      { number: 3, state: 'retry', retryCount: 1 },
      { number: 4, state: 'active', retryCount: 1, startedOn: new Date() },
      { number: 5, state: 'failed', retryCount: 4, output: { message: 'on purpose' } },
    );
    await rollBackJobsTable(storage);
    const rows = await storage.query(
      `select (data->>'number')::integer as number, state::text, policy, singleton_key as key,
              retry_count as "retryCount", started_on is not null as started, output->>'message' as error,
              start_after = ?::timestamptz as later
         from "${storage.schema}_jobs".job order by created_on`,
      [LATER.toISOString()],
    );
    const usual = { policy: 'standard', key: null, started: true, error: null, later: false };
    expect(rows).toEqual([
      { ...usual, number: 1, state: 'retry', retryCount: 2 },
      {
        ...usual,
        number: 2,
        state: 'created',
        retryCount: 0,
        policy: 'short',
        key: 'a',
        started: false,
        later: true,
      },
      // To pg-boss the same as the second attempt that has no start.
      { ...usual, number: 3, state: 'retry', retryCount: 0 },
      { ...usual, number: 4, state: 'active', retryCount: 1 },
      { ...usual, number: 5, state: 'failed', retryCount: 4, error: 'on purpose' },
    ]);
    await migrate(storage);
  });

  it('are back after a rollback with U+FFFD for each character that the tables of pg-boss cannot store', async () => {
    const { storage, queue } = await upgraded();
    const payload = { text: 'a\0\0b \\u0000 \\\0 "\0', half: '\ud83d!', whole: '\u{1f600}', 'k\0': 1.5e21 };
    await queue.enqueue({ name: 'test.run', payload });
    await rollBackJobsTable(storage);
    expect(await storage.query(`select data from "${storage.schema}_jobs".job`, [])).toEqual([
      {
        data: {
          text: 'a\ufffd\ufffdb \\u0000 \\\ufffd "\ufffd',
          half: '\ufffd!',
          whole: '\u{1f600}',
          'k\ufffd': 1.5e21,
        },
      },
    ]);
  });
});
