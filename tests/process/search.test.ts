import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

/** The bodies of the posts that a search finds, on one page, newest first. */
async function found(url: string, query: string): Promise<string[]> {
  const response = await fetch(`${url}/search?order=recent&q=${encodeURIComponent(query)}`);
  expect(response.status).toBe(200);
  const bodies = (await response.text()).matchAll(/<div class="post-body"[^>]*>(.*?)<\/div>/gs);
  return [...bodies].map(([, body = '']) => body.replace(/<\/?mark>/g, ''));
}

const eventually = (check: () => Promise<boolean>) => vi.waitUntil(check, { timeout: 30_000, interval: 50 });

describe('search in a file', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: Serving;
  beforeEach(async () => {
    folder = await initialisedFolder();
  });
  afterEach(async () => {
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await folder.remove();
  });

  it('finds a post at once, and all posts after a kill in the middle of posting', async () => {
    server = await serveMicroblog(folder.path);
    const member = browserlessMember(server.url);
    expect((await member.submit('/register', registration)).status).toBe(303);
    await member.submit('/posts', { body: 'A crème brûlée, number 0' });
    await eventually(async () => (await found(server.url, '"creme brulee"')).length === 1);
    const confirmed = ['A crème brûlée, number 0'];
    for (let number = 1; number <= 12; number++) {
      const body = `A crème brûlée, number ${number}`;
      expect((await member.submit('/posts', { body })).status).toBe(303);
      confirmed.unshift(body);
    }
    server.kill('SIGKILL');
    await server.finished;

    server = await serveMicroblog(folder.path);
    await eventually(async () => (await found(server.url, 'brulee')).length === 13);
    expect(await found(server.url, 'brulee')).toEqual(confirmed);

    // While it serves: the process that holds the embedded database runs the commands.
    const search = (...args: string[]) => runMicroblog(['search', ...args], folder.path);
    expect(await search('reindex', '--restart')).toEqual({
      code: 0,
      stdout: 'Indexed 13 posts; the search index holds 13 and is complete.\n',
      stderr: '',
    });
    expect(JSON.parse((await search('status', '--json')).stdout)).toMatchObject({
      search: 'file',
      posts: 13,
      progress: { complete: true },
      lag: { posts: 0, seconds: 0 },
    });
    expect(await found(server.url, 'brulee')).toEqual(confirmed);
  });
});

describe('search with several processes', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    [folder, database] = await Promise.all([temporaryFolder(), createMigratedDatabase()]);
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('finds in each process the posts of all processes, and rebuilds the index if it is lost or damaged', async () => {
    const variables = { DATABASE_URL: database.url, WEB_CONCURRENCY: '2', LOG_FORMAT: 'json' };
    let server = await serveMicroblog(folder.path, variables);
    const member = browserlessMember(server.url);
    expect((await member.submit('/register', registration)).status).toBe(303);
    let published = 0;
    const publish = async () => {
      expect((await member.submit('/posts', { body: `number ${++published}` })).status).toBe(303);
    };
    // Each of these may be answered by another process.
    const allAreFound = () =>
      eventually(async () => {
        const answers = await Promise.all(Array.from({ length: 6 }, () => found(server.url, 'number')));
        return answers.every((bodies) => bodies.length === published);
      });
    for (let number = 0; number < 6; number++) await publish();
    await allAreFound();

    for (const part of ['', '-wal', '-shm'])
      await rm(join(folder.path, `data/search.db${part}`), { force: true });
    await publish();
    await allAreFound();
    expect(server.output().split('search index created; jobs will fill it')).toHaveLength(3);

    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await writeFile(join(folder.path, 'data/search.db'), 'not what it was');
    server = await serveMicroblog(folder.path, variables);
    await allAreFound();
    expect(server.output().split('outdated or damaged; rebuilding it')).toHaveLength(2);
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });

  it('needs no file if the database keeps the index, which finds older posts too', async () => {
    const variables = { DATABASE_URL: database.url, SEARCH: 'postgres' };
    await rm(join(folder.path, 'data'), { recursive: true, force: true });
    let server = await serveMicroblog(folder.path, { ...variables, SEARCH: 'none' });
    const member = browserlessMember(server.url);
    expect(
      (await member.submit('/register', { ...registration, nickname: 'eva', email: 'eva@example.org' }))
        .status,
    ).toBe(303);
    await member.submit('/posts', { body: 'Une crème brûlée d’avant' });
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);

    server = await serveMicroblog(folder.path, variables);
    member.moveTo(server.url);
    await eventually(async () => (await found(server.url, 'brulee from:eva')).length === 1);
    await member.submit('/posts', { body: 'Une crème brûlée de plus' });
    expect(await found(server.url, '"creme brulee" from:eva')).toHaveLength(2);
    expect(await readdir(join(folder.path, 'data'))).not.toContain('search.db');
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });
});
