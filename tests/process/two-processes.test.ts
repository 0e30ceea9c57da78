import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { type BrowserlessMember, browserlessMember } from '../support/member.ts';
import { runMicroblog, type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

describe('two processes on one database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let variables: Record<string, string>;
  let servers: readonly [Serving, Serving];
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
    variables = { DATABASE_URL: database.url };
    servers = await Promise.all([
      serveMicroblog(folder.path, variables),
      serveMicroblog(folder.path, variables),
    ]);
  });
  afterAll(async () => {
    for (const server of servers ?? []) server.kill('SIGTERM');
    for (const server of servers ?? []) expect((await server.finished).code).toBe(0);
    await database.drop();
    await folder.remove();
  });

  const anywhere = (path: string) =>
    Promise.all(
      servers.map(async ({ url }) => {
        const answer = await fetch(url + path, { headers: { Accept: 'text/html' } });
        return { status: answer.status, text: await answer.text() };
      }),
    );

  /** Each process shows the page for the first time, so that it keeps what it may keep. */
  async function member(nickname: string): Promise<BrowserlessMember> {
    const person = browserlessMember(servers[0].url);
    const fields = { nickname, email: `${nickname}@example.org`, password: 'correct horse battery' };
    expect((await person.submit('/register', fields)).status).toBe(303);
    return person;
  }

  async function post(person: BrowserlessMember, nickname: string, body: string): Promise<string> {
    expect((await person.submit('/posts', { body })).status).toBe(303);
    const page = await (await person.get(`/user/${nickname}`)).text();
    const id = /id="post-([0-9]+)"/.exec(page)?.[1] ?? expect.fail('no post');
    for (const { text } of await anywhere(`/posts/${id}`)) expect(text).toContain(body);
    for (const { text } of await anywhere('/explore')) expect(text).toContain(body);
    return id;
  }

  it('show at once that a post was deleted', async () => {
    const ada = await member('ada');
    const id = await post(ada, 'ada', 'gone soon');
    await ada.submit(`/posts/${id}/delete`, {});
    expect((await anywhere(`/posts/${id}`)).map(({ status }) => status)).toEqual([404, 404]);
    for (const { text } of await anywhere('/explore')) expect(text).not.toContain('gone soon');
  });

  it('show at once that an author has another nickname', async () => {
    const ben = await member('ben');
    const id = await post(ben, 'ben', 'by whom');
    expect((await ben.submit('/edit', { nickname: 'benedict', about_me: '' })).status).toBe(303);
    expect((await anywhere(`/posts/${id}`)).map(({ text }) => text.includes('/user/benedict"'))).toEqual([
      true,
      true,
    ]);
    for (const { text } of await anywhere(`/posts/${id}`)) expect(text).not.toContain('/user/ben"');
  });

  it('hide at once the posts of a member who is suspended', async () => {
    const cleo = await member('cleo');
    const id = await post(cleo, 'cleo', 'hidden soon');
    expect((await runMicroblog(['users', 'suspend', 'cleo'], folder.path, variables)).code).toBe(0);
    expect((await anywhere(`/posts/${id}`)).map(({ status }) => status)).toEqual([404, 404]);
    for (const { text } of await anywhere('/explore')) expect(text).not.toContain('hidden soon');
  });

  it('end at once the sessions that a member ends elsewhere', async () => {
    const dora = await member('dora');
    const elsewhere = browserlessMember(servers[1].url);
    await elsewhere.submit('/login', { login: 'dora', password: 'correct horse battery' });
    expect((await elsewhere.get('/settings')).status).toBe(200);
    await dora.submit('/settings/sign-out-everywhere', { password: 'correct horse battery' });
    expect((await elsewhere.get('/settings')).status).toBe(303);
  });
});
