import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresJobQueue, postgresStorage } from '../../packages/adapters-postgres/src/index.ts';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { runMicroblog, serveMicroblog, startWorker, temporaryFolder } from '../support/microblog-process.ts';

/** Jobs about people who do not exist: they do nothing. */
const job = { name: 'follow.notify', payload: { followerId: '1', followedId: '2' } };

describe('jobs of a database server', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let storage: ReturnType<typeof postgresStorage>;
  let jobs: ReturnType<typeof postgresJobQueue>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
    storage = postgresStorage({ connectionString: database.url });
    jobs = postgresJobQueue(storage);
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
    await folder.remove();
  });
  const variables = () => ({ DATABASE_URL: database.url });
  const left = async () => {
    const { waiting, running, scheduled } = await jobs.statistics();
    return waiting + running + scheduled;
  };

  it('are not run by a worker while migrations are pending: one line, with the remedy', async () => {
    const { code, stdout, stderr } = await runMicroblog(['worker'], folder.path, variables());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('microblog init');
    expect((await runMicroblog(['init'], folder.path, variables())).code).toBe(0);
  });

  it('are run by a worker within seconds, until SIGTERM, which may come twice: exit 0 within ten seconds', async () => {
    const worker = await startWorker(folder.path, variables());
    await jobs.enqueue(job);
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
    const start = performance.now();
    worker.kill('SIGTERM');
    worker.kill('SIGTERM');
    const { code, stdout, stderr } = await worker.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(stdout).toContain('stopped');
  });

  it('wait while only WORKER=off serves, and for the next worker', async () => {
    const server = await serveMicroblog(folder.path, { ...variables(), WORKER: 'off' });
    await jobs.enqueue(job);
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    expect(await left()).toBe(1);
    const worker = await startWorker(folder.path, variables());
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
    worker.kill('SIGINT');
    expect((await worker.finished).code).toBe(0);
  });

  it('are run by the server itself by default', async () => {
    const server = await serveMicroblog(folder.path, variables());
    await jobs.enqueue(job);
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });
});

describe('jobs of the embedded database', () => {
  it('are not for a worker: one line names the process that runs them', async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runMicroblog(['worker'], folder.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('WORKER=inline');
    await folder.remove();
  });
});

it('the Procfile has a worker, and a release that upgrades', async () => {
  const procfile = await readFile(new URL('../../Procfile', import.meta.url), 'utf8');
  expect(procfile).toMatch(/^worker: node packages\/cli\/dist\/main\.js worker$/m);
  expect(procfile).toMatch(/^release: node packages\/cli\/dist\/main\.js upgrade$/m);
});
