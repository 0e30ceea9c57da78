import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStorage, type Storage } from '@microblog/core';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { type HostSetup, hostOpener, type RunningHost } from './support/host.ts';
import { postBodies, valueIn } from './support/html.ts';
import { visitor } from './support/visitor.ts';

/** A storage in which reading all posts waits for the test. */
function heldStorage() {
  const storage = memoryStorage();
  const waiting: (() => void)[] = [];
  const reads = { count: 0, held: false, failing: false };
  const posts: Storage['posts'] = {
    ...storage.posts,
    async listAll(reader, page) {
      reads.count++;
      const found = await storage.posts.listAll(reader, page);
      if (reads.held) await new Promise<void>((resolve) => void waiting.push(resolve));
      if (reads.failing) {
        reads.failing = false;
        throw new Error('the first read fails');
      }
      return found;
    },
  };
  const release = () => {
    reads.held = false;
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { storage: { ...storage, posts }, reads, waiting, release };
}

let running: RunningHost | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function open(setup: HostSetup = {}) {
  const held = heldStorage();
  const host = await hostOpener({ basePath: '/blog', openStorage: async () => held.storage })(setup);
  running = host;
  const ada = await host.microblog.accounts.register(null, {
    nickname: 'ada',
    email: 'ada@example.org',
    password: 'correct horse battery',
  });
  const publish = (body: string) => host.microblog.posts.publish(ada, { body });
  await publish('first');
  held.reads.count = 0;

  /** All these requests arrive while the first one reads its posts. */
  async function together(requests: readonly (() => ReturnType<ReturnType<typeof visitor>['get']>)[]) {
    held.reads.held = true;
    const answers = requests.map((request) => request());
    await expect.poll(() => inFlight.size).toBe(requests.length);
    held.release();
    return Promise.all(answers);
  }
  return { ...held, host, publish, together };
}

/** Requests that the application has begun and not answered. */
const inFlight = new Set<string>();
const observing: HostSetup['app'] = {
  requestContext: {
    run(request, work) {
      inFlight.add(request.requestId);
      const result = work();
      void Promise.resolve(result).finally(() => inFlight.delete(request.requestId));
      return result;
    },
    current: () => null,
  },
};

describe('a page that several visitors ask for at once', () => {
  it('is made once', async () => {
    const { host, together, reads } = await open({ app: observing });
    const people = Array.from({ length: 8 }, () => visitor(host.url));
    const answers = await together(people.map((person) => () => person.get('/explore')));
    expect(reads.count).toBe(1);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(postBodies(answer.text)).toEqual(['first']);
    }
  });

  it('has the headers of a page of one’s own', async () => {
    const { host, together } = await open({ app: observing });
    const alone = await visitor(host.url).get('/explore');
    const answers = await together([1, 2].map(() => () => visitor(host.url).get('/explore')));
    const names = (answer: typeof alone) =>
      [...answer.headers].filter(([name]) => !/^(x-request-id|date|set-cookie|content-length)$/.test(name));
    for (const answer of answers) expect(names(answer)).toEqual(names(alone));
  });

  it('has form tokens that work in that browser only', async () => {
    const { host, together } = await open({ app: observing });
    const people = [visitor(host.url), visitor(host.url)] as const;
    const answers = await together(people.map((person) => () => person.get('/explore')));
    const [one, other] = answers.map(({ text }) => valueIn(text, '_csrf'));
    expect(one).not.toBe(other);
    const choose = (person: (typeof people)[number], token: string | null | undefined) =>
      person.send('/theme', { _csrf: token ?? '', theme: 'dark', next: '/' });
    expect((await choose(people[1], one)).status).toBe(403);
    expect((await choose(people[1], other)).status).toBe(303);
    expect((await choose(people[0], one)).status).toBe(303);
  });

  it('is made for each language, theme and address', async () => {
    const { host, together, reads } = await open({ app: { ...observing, languages: ['en', 'es'] } });
    const dark = visitor(host.url);
    dark.cookies.set('microblog_theme', 'dark');
    const answers = await together([
      () => visitor(host.url).get('/explore'),
      () => visitor(host.url, { language: 'es' }).get('/explore'),
      () => dark.get('/explore'),
      () => visitor(host.url).get('/explore?before=9'),
      () => visitor(host.url).get('/'),
    ]);
    expect(reads.count).toBe(5);
    expect(answers.map(({ text }) => /<html[^>]*>/.exec(text)?.[0])).toEqual([
      '<html lang="en" dir="ltr" data-theme="auto">',
      '<html lang="es" dir="ltr" data-theme="auto">',
      '<html lang="en" dir="ltr" data-theme="dark">',
      '<html lang="en" dir="ltr" data-theme="auto">',
      '<html lang="en" dir="ltr" data-theme="auto">',
    ]);
  });

  it('is made by each of them if it fails for the first', async () => {
    const { host, together, reads } = await open({ app: observing });
    reads.failing = true;
    const answers = await together([1, 2, 3].map(() => () => visitor(host.url).get('/explore')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 500]);
    expect(host.failures).toHaveLength(1);
  });

  it('is made for every member', async () => {
    const { host, together, reads } = await open({ app: observing });
    const members = await Promise.all(
      ['ben', 'cleo'].map(async (nickname) => {
        const member = visitor(host.url);
        await member.register(nickname);
        return member;
      }),
    );
    reads.count = 0;
    const answers = await together(members.map((member) => () => member.get('/explore')));
    expect(reads.count).toBe(2);
    for (const [index, nickname] of ['ben', 'cleo'].entries()) {
      expect(answers[index]?.text).toContain(`/user/${nickname}`);
    }
  });

  it('is made for each of them with a host’s own templates, which may show what differs', async () => {
    const views = await mkdtemp(join(tmpdir(), 'own-views-'));
    onTestFinished(() => rm(views, { recursive: true }));
    await mkdir(join(views, 'partials'));
    await writeFile(
      join(views, 'partials', 'head-end.njk'),
      '<meta name="request" content="{{ requestId }}">',
    );
    const { host, together, reads } = await open({ app: { ...observing, views } });
    const answers = await together([1, 2].map(() => () => visitor(host.url).get('/explore')));
    expect(reads.count).toBe(2);
    for (const { text, headers } of answers) {
      expect(text).toContain(`<meta name="request" content="${headers.get('x-request-id')}">`);
    }
  });
});

describe('a page after a page', () => {
  it('shows what was published since', async () => {
    const { host, publish } = await open();
    const reader = visitor(host.url);
    await reader.get('/explore');
    await publish('second');
    expect(postBodies((await reader.get('/explore')).text)).toEqual(['second', 'first']);
  });
});

describe('a message for one visitor', () => {
  it('is shown to nobody else', async () => {
    const { host, together } = await open({ app: observing });
    const leaving = visitor(host.url);
    await leaving.register('ben');
    await leaving.submit('/logout', {}, '/');
    const other = visitor(host.url);
    const [own, others] = await together([() => leaving.get('/'), () => other.get('/')]);
    expect(own?.text).toContain('data-flash="signed_out"');
    expect(others?.text).not.toContain('data-flash="signed_out"');
  });
});
