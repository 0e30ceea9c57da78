import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedStorage, type PostgresStorage, postgresJobQueue, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

const program = fileURLToPath(new URL('./support/job-worker.ts', import.meta.url));
const ROUNDS = 3;
const JOBS_A_ROUND = 15;
/** On a busy machine, the start of the worker takes most of this time. */
const TIMEOUT_MS = 60_000;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'microblog-jobs-'));
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Seen {
  readonly kept: Set<number>;
  readonly began: Set<number>;
  readonly done: Set<number>;
}

/** Kills the worker with SIGKILL while it runs and enqueues jobs. */
async function killedInTheMiddle(where: string, round: number, seen: Seen): Promise<void> {
  const child = fork(program, [where, String(round * 1_000_000), String(JOBS_A_ROUND)], {
    execArgv: ['--conditions=@microblog/source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const enough = Promise.withResolvers<void>();
  let done = 0;
  child.on('message', (message: Record<keyof Seen, number>) => {
    for (const what of ['kept', 'began', 'done'] as const) {
      if (message[what] !== undefined) seen[what].add(message[what]);
    }
    if (message.done !== undefined) done++;
    if (message.began !== undefined && done >= JOBS_A_ROUND) enough.resolve();
  });
  const ended = once(child, 'exit');
  const timeout = setTimeout(enough.resolve, TIMEOUT_MS);
  await Promise.race([enough.promise, ended]);
  clearTimeout(timeout);
  expect(child.exitCode, 'the worker ended by itself').toBeNull();
  child.kill('SIGKILL');
  await ended;
  expect(done).toBeGreaterThanOrEqual(JOBS_A_ROUND);
}

/** Ends the pauses of jobs. */
async function makeDue({ query, schema }: PostgresStorage): Promise<void> {
  await query(`update "${schema}".jobs set run_at = now() where state = 'waiting'`, []);
}

describe.each(['server', 'embedded database'] as const)('a worker that is killed, on a %s', (kind) => {
  it('loses no committed job', { timeout: 240_000 }, async () => {
    const where = kind === 'server' ? database.url : join(folder, 'postgres');
    const seen: Seen = { kept: new Set(), began: new Set(), done: new Set() };
    for (let round = 0; round < ROUNDS; round++) await killedInTheMiddle(where, round, seen);
    const interrupted = [...seen.began].filter((number) => !seen.done.has(number));
    expect(interrupted.length, 'jobs that were running when the worker died').toBeGreaterThan(0);

    const storage =
      kind === 'server'
        ? postgresStorage({ connectionString: where })
        : await embeddedStorage({ directory: where });
    const failures: unknown[] = [];
    const jobs = postgresJobQueue(storage, { pollMilliseconds: 25, lapseMilliseconds: 500 });
    await jobs.start(
      { 'test.run': async ({ number }) => void seen.done.add(Number(number)) },
      { onFailure: (job) => failures.push(job) },
    );
    await expect
      .poll(
        async () => {
          await makeDue(storage);
          const { waiting, scheduled, running, failed } = await jobs.statistics();
          return waiting + scheduled + running + failed;
        },
        { timeout: 60_000 },
      )
      .toBe(0);
    await jobs.stop();
    await storage.close();
    expect([...seen.kept].filter((number) => !seen.done.has(number))).toEqual([]);
    expect(interrupted.filter((number) => !seen.done.has(number))).toEqual([]);
    expect(failures).toEqual([]);
  });
});
