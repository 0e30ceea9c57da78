import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

/** `pnpm check:kills` tries twenty. */
const KILLS = process.env.KILLS === 'all' ? 20 : 6;
const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

describe('the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  it('keeps every confirmed post through many kills in the middle of posting, and starts again each time', async () => {
    const confirmed: string[] = [];
    const attempted = new Set<string>();
    let member: ReturnType<typeof browserlessMember> | undefined;
    for (let round = 0; round < KILLS; round++) {
      const server = await serveMicroblog(folder.path);
      if (member === undefined) {
        member = browserlessMember(server.url);
        expect((await member.submit('/register', registration)).status).toBe(303);
      }
      member.moveTo(server.url);
      const killed = killAfter(server, confirmed, 3 + ((round * 7) % 11));
      for (let number = 0; ; number++) {
        const body = `round ${round}, post ${number}`;
        attempted.add(body);
        const response = await member.submit('/posts', { body }).catch(() => null);
        if (response === null) break;
        expect(response.status).toBe(303);
        confirmed.push(body);
      }
      await killed;
    }

    const server = await serveMicroblog(folder.path);
    const kept = await allPosts(server.url);
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    expect(confirmed.length).toBeGreaterThanOrEqual(KILLS * 3);
    expect(confirmed.filter((body) => !kept.includes(body))).toEqual([]);
    expect(kept.filter((body) => !attempted.has(body))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    const { stdout } = await runMicroblog(['users', 'list', '--json'], folder.path);
    expect(JSON.parse(stdout).users[0].postCount).toBe(kept.length);
  }, 300_000);

  it('serves one process; a second one gets one clear line, and the data stays whole', async () => {
    const server = await serveMicroblog(folder.path);
    for (const command of [['serve'], ['downgrade', '--yes']]) {
      const second = await runMicroblog(command, folder.path, { PORT: '0' });
      expect(second.code).toBe(1);
      expect(second.stdout).toBe('');
      expect(second.stderr.trim().split('\n')).toHaveLength(1);
      expect(second.stderr).toContain(`process ${server.pid}`);
    }
    const member = browserlessMember(server.url);
    expect((await member.submit('/login', { login: 'ada', password: registration.password })).status).toBe(
      303,
    );
    expect((await member.submit('/posts', { body: 'still here' })).status).toBe(303);
    server.kill('SIGINT');
    expect((await server.finished).code).toBe(0);
  });

  it('runs commands in the serving process, and logs their names without arguments', async () => {
    const server = await serveMicroblog(folder.path);
    const created = await runMicroblog(['users', 'create', 'eve', 'eve@example.org'], folder.path);
    expect(created).toMatchObject({ code: 0, stdout: expect.stringContaining('Created eve (member).') });
    expect(await runMicroblog(['demo', '--password', 'a secret of mine'], folder.path)).toMatchObject({
      code: 0,
      stderr: '',
    });
    server.kill('SIGINT');
    expect((await server.finished).code).toBe(0);
    expect(server.output()).toContain('"command":"users create","exitCode":0');
    expect(server.output()).not.toMatch(/a secret of mine|eve@example\.org/);
  });

  it('is kept with the secret key in the data directory alone', async () => {
    expect(await readdir(folder.path)).toEqual(['data']);
  });
});

/** Kills the server without a warning when `count` more posts are confirmed: in the middle of the next one. */
async function killAfter(
  server: Awaited<ReturnType<typeof serveMicroblog>>,
  confirmed: readonly string[],
  count: number,
): Promise<void> {
  const goal = confirmed.length + count;
  while (confirmed.length < goal) await new Promise((resolve) => setImmediate(resolve));
  server.kill('SIGKILL');
  await server.finished;
}

/** All posts, page by page. */
async function allPosts(url: string): Promise<string[]> {
  const posts: string[] = [];
  let path: string | undefined = '/explore';
  while (path !== undefined) {
    const page: string = await (await fetch(url + path)).text();
    posts.push(...(page.match(/round \d+, post \d+/g) ?? []));
    path = /href="([^"]*\?before=\d+)"/.exec(page)?.[1];
  }
  return posts;
}
