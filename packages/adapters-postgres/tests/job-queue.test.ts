import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { createMicroblog, type JobHandler, type JobQueue, MicroblogError } from '@microblog/core';
import { builders, jobQueueContract, recordingMailer } from '@microblog/core/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  embeddedStorage,
  migrate,
  type PostgresStorage,
  type PostgresStorageOptions,
  postgresJobQueue,
  postgresStorage,
  type Statement,
} from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { type MigratedSchema, migratedSchema } from './support/migrated-schema.ts';
import { emptyPGlite } from './support/ready-databases.ts';

let database: TestDatabase;
let pglite: PGlite;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pglite = await emptyPGlite();
});

afterAll(async () => {
  await pglite.close();
  await pool.end();
  await database.drop();
});

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openStorage(options: PostgresStorageOptions): Promise<PostgresStorage> {
  const storage = postgresStorage(options);
  opened.push(() => storage.close());
  await migrate(storage);
  return storage;
}

function openQueue(storage: PostgresStorage): JobQueue {
  const queue = postgresJobQueue(storage, { pollMilliseconds: 25 });
  opened.push(() => queue.stop({ graceMilliseconds: 0 }));
  return queue;
}

/** Moves the due times of all jobs back by this much. */
async function pass({ schema, query }: PostgresStorage, milliseconds: number): Promise<void> {
  await query(`update "${schema}".jobs set run_at = run_at - ? * interval '1 ms'`, [milliseconds]);
}

/** All cases share a schema, which is empty when a case starts. */
function runContract(optionsFor: (schema: string) => PostgresStorageOptions): void {
  let options: PostgresStorageOptions;
  let migrated: MigratedSchema;
  beforeAll(async () => {
    options = optionsFor(`Cases_${crypto.randomUUID().replaceAll('-', '')}`);
    migrated = await migratedSchema(options);
  });
  afterAll(() => migrated.close());
  for (const { name, run } of jobQueueContract) {
    it(name, () =>
      run(async () => {
        if (opened.length > 0) expect.fail('A case opens one queue.');
        await migrated.reset();
        const storage = postgresStorage(options);
        opened.push(() => storage.close());
        return {
          queue: openQueue(storage),
          storage,
          reopen: () => openQueue(storage),
          pass: (milliseconds) => pass(storage, milliseconds),
        };
      }),
    );
  }
}

describe('the job queue contract on PGlite', () => runContract((schema) => ({ pglite, schema })));

describe('the job queue contract on a server', () =>
  runContract((schema) => ({ connectionString: database.url, schema })));

describe('the job queue contract on a lent pool', () => runContract((schema) => ({ pool, schema })));

describe('postgresJobQueue', () => {
  it('enqueues with one statement, also in a transaction', async () => {
    const statements: Statement[] = [];
    const storage = await openStorage({
      connectionString: database.url,
      schema: 'counted',
      onStatement: (statement) => statements.push(statement),
    });
    const queue = openQueue(storage);
    statements.length = 0;
    await queue.enqueue({ name: 'test.first', payload: {} });
    await storage.transaction((transaction) =>
      queue.enqueue({ name: 'test.second', payload: {} }, { transaction, key: 'a' }),
    );
    expect(statements).toHaveLength(2);
  });

  it('looks for jobs with one statement for any number of handlers', async () => {
    const statements: Statement[] = [];
    const storage = await openStorage({
      connectionString: database.url,
      schema: 'idle',
      onStatement: (statement) => statements.push(statement),
    });
    const queue = openQueue(storage);
    const handlers = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`test.n${n}`, async () => {}]));
    await queue.start(handlers);
    statements.length = 0;
    await expect.poll(() => statements.length).toBeGreaterThan(3);
    expect(new Set(statements.map(({ sql }) => sql)).size).toBe(1);
  });

  it('does not poll an embedded database; new jobs and due times wake it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'microblog-jobs-'));
    opened.push(() => rm(directory, { recursive: true, force: true }));
    const statements: Statement[] = [];
    const storage = await embeddedStorage({
      directory,
      onStatement: (statement) => statements.push(statement),
    });
    opened.push(() => storage.close());
    await migrate(storage);
    const queue = postgresJobQueue(storage);
    opened.push(() => queue.stop());
    const numbers: unknown[] = [];
    await queue.start({ 'test.run': async ({ number }) => void numbers.push(number) });
    statements.length = 0;
    const startAt = new Date(Date.now() + 1_500);
    await queue.enqueue({ name: 'test.run', payload: { number: 1 } }, { startAt });
    await queue.enqueue({ name: 'test.run', payload: { number: 2 } });
    await expect.poll(() => numbers, { timeout: 10_000 }).toEqual([2, 1]);
    // On a server it would poll once in that time. It finds the jobs only because it is woken.
    expect(statements.length).toBeLessThan(20);
  });

  it.each(['server', 'PGlite'])('announces a follow by mail once a day, on a %s', async (kind) => {
    const schema = 'follows';
    const storage = await openStorage(
      kind === 'server' ? { connectionString: database.url, schema } : { pglite, schema },
    );
    const jobs = openQueue(storage);
    const mailer = recordingMailer();
    const { follows, jobHandlers } = createMicroblog({ storage, jobs, mailer });
    const build = builders();
    const john = await storage.users.insert(build.user({ nickname: 'john' }));
    const mary = await storage.users.insert(build.user({ nickname: 'mary', email: 'mary@example.org' }));
    await storage.users.update(mary.id, { emailVerifiedAt: new Date() });
    const settled = () =>
      expect
        .poll(async () => {
          const { waiting, running } = await jobs.statistics();
          return waiting + running;
        })
        .toBe(0);
    await follows.follow(john, 'mary');
    expect(await jobs.statistics()).toMatchObject({ waiting: 1 });
    await jobs.start(jobHandlers);
    await settled();
    await follows.unfollow(john, 'mary');
    await follows.follow(john, 'mary');
    await settled();
    expect(mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [['mary@example.org'], 'john is now following you'],
    ]);
    expect(await jobs.statistics()).toMatchObject({ scheduled: 0, failed: 0 });
  });

  it('refuses a transaction of another storage', async () => {
    const [one, other] = [
      await openStorage({ connectionString: database.url, schema: 'one' }),
      await openStorage({ connectionString: database.url, schema: 'other' }),
    ];
    const attempt = other.transaction((transaction) =>
      openQueue(one).enqueue({ name: 'test.run', payload: {} }, { transaction }),
    );
    await expect(attempt).rejects.toThrow('not one of this storage');
  });

  it('fails with migrations_pending if its tables are missing', async () => {
    const storage = postgresStorage({ connectionString: database.url, schema: 'unmade' });
    opened.push(() => storage.close());
    const queue = openQueue(storage);
    await expect(queue.start({ 'test.run': async () => {} })).rejects.toMatchObject({
      code: 'migrations_pending',
    });
    await expect(queue.enqueue({ name: 'test.run', payload: {} })).rejects.toMatchObject({
      code: 'migrations_pending',
    });
  });

  it('gives no job to two processes', async () => {
    const storage = await openStorage({ connectionString: database.url, schema: 'shared' });
    const numbers: unknown[] = [];
    const author = await storage.users.insert(builders().user());
    for (let number = 0; number < 60; number++) {
      await openQueue(storage).enqueue({ name: 'test.run', payload: { number } });
    }
    const handler = async ({ number }: { readonly number?: unknown }) => {
      await storage.users.find(author.id);
      numbers.push(number);
    };
    for (let process = 0; process < 3; process++) await openQueue(storage).start({ 'test.run': handler });
    await expect.poll(() => numbers.length).toBe(60);
    expect(new Set(numbers).size).toBe(60);
  });

  it('lets no process finish a job that another has taken over', async () => {
    const storage = await openStorage({ connectionString: database.url, schema: 'fenced' });
    const { query } = storage;
    const [silent, next] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = openQueue(storage);
    const handlers: Record<string, JobHandler> = { 'test.run': () => silent.promise };
    await first.start(handlers);
    await first.enqueue({ name: 'test.run', payload: {} });
    await expect.poll(() => first.statistics()).toMatchObject({ running: 1 });
    // The other process keeps running this job, and takes no other.
    delete handlers['test.run'];
    await query("update fenced.jobs set heartbeat_at = now() - interval '1 minute'", []);
    const second = postgresJobQueue(storage, { pollMilliseconds: 25, lapseMilliseconds: 100 });
    opened.push(() => second.stop({ graceMilliseconds: 0 }));
    await second.start({ 'test.run': () => next.promise });
    await expect.poll(() => second.statistics()).toMatchObject({ scheduled: 1 });
    await query('update fenced.jobs set run_at = now()', []);
    await expect.poll(() => second.statistics()).toMatchObject({ running: 1 });
    silent.resolve();
    await first.stop();
    expect(await second.statistics()).toMatchObject({ running: 1 });
    next.resolve();
    await second.stop();
    expect(await second.statistics()).toMatchObject({ waiting: 0, scheduled: 0, running: 0, failed: 0 });
  });

  it('runs a job at once while many jobs of another name wait', async () => {
    const storage = await openStorage({ connectionString: database.url, schema: 'flooded' });
    const queue = openQueue(storage);
    const flood = Array.from({ length: 50 }, () => ({ name: 'test.flood', payload: {} }));
    await queue.enqueue([...flood, { name: 'test.other', payload: {} }]);
    const never = new Promise<void>(() => {});
    const other = Promise.withResolvers<void>();
    await queue.start({ 'test.flood': () => never, 'test.other': async () => other.resolve() });
    await other.promise;
    expect(await queue.statistics()).toMatchObject({ failed: 0 });
  });

  it('keeps the last error of a job that was given up', async () => {
    const storage = await openStorage({ connectionString: database.url, schema: 'kept' });
    const queue = openQueue(storage);
    const failed = Promise.withResolvers<void>();
    const refused = new MicroblogError('mail_failed', 'no \0 such box', { details: { retry: false } });
    await queue.start({ 'test.run': () => Promise.reject(refused) }, { onFailure: () => failed.resolve() });
    await queue.enqueue({ name: 'test.run', payload: { number: 1 } });
    await failed.promise;
    expect(await storage.query('select payload, attempts, last_error as error from kept.jobs', [])).toEqual([
      { payload: { number: 1 }, attempts: 1, error: 'mail_failed: no  such box' },
    ]);
  });

  it.each(['server', 'PGlite'])('accepts texts that Postgres cannot store, on a %s', async (kind) => {
    const schema = 'texts';
    const storage = await openStorage(
      kind === 'server' ? { connectionString: database.url, schema } : { pglite, schema },
    );
    const queue = openQueue(storage);
    const payload = { null: 'a\0b', half: '\ud83d', number: 1.5e21 };
    const received = Promise.withResolvers<unknown>();
    await queue.start({ 'test.run': async (given) => received.resolve(given) });
    await queue.enqueue({ name: 'test.run', payload });
    expect(await received.promise).toEqual(payload);
  });

  it('continues after the database has closed its connections', async () => {
    const storage = await openStorage({ connectionString: database.url, schema: 'cut' });
    const queue = openQueue(storage);
    const numbers: unknown[] = [];
    await queue.start({ 'test.run': async ({ number }) => void numbers.push(number) });
    await queue.enqueue({ name: 'test.run', payload: { number: 1 } });
    await expect.poll(() => numbers).toEqual([1]);
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'microblog'`,
    );
    await expect
      .poll(() =>
        queue.enqueue({ name: 'test.run', payload: { number: 2 } }).then(
          () => 'kept',
          () => 'lost',
        ),
      )
      .toBe('kept');
    await expect.poll(() => numbers).toEqual([1, 2]);
  });
});
