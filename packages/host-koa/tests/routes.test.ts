import { createMicroblog, encodeArchive, memoryStorage, operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { assembleHost } from '../src/assemble-host.ts';
import type { ListedRoute } from '../src/http/routing/route-table.ts';
import type { KoaAppOptions } from '../src/index.ts';
import { parseKoaAppOptions } from '../src/koa-app-options-schema.ts';
import { routes } from '../src/routes.ts';
import { hostOpener, SECRET_KEY, type TestHost, useHost } from './support/host.ts';
import { expectSignInDemand, shopSignIn } from './support/shop.ts';

const json = { Accept: 'application/json' };
const metricsPage = { source: { snapshots: async () => [] }, token: null };

/** Every route of an application as it comes, or with the host application's users. */
function listed(signIn: 'own' | 'host', options: Partial<KoaAppOptions> = {}): readonly ListedRoute[] {
  const microblog = createMicroblog({ storage: memoryStorage() });
  const own = signIn === 'own' ? {} : shopSignIn;
  return routes(
    assembleHost(microblog, parseKoaAppOptions({ secretKeys: [SECRET_KEY], ...own, ...options })).host,
  ).all;
}

const named = (all: readonly ListedRoute[]) =>
  all.map((route): [name: string, route: ListedRoute] => [`${route.method} ${route.path}`, route]);

/** An address of the route, with this person and post. */
function addressOf(
  { path }: ListedRoute,
  about: { readonly nickname: string; readonly post: string },
): string {
  return path
    .replace('/posts/:id', `/posts/${about.post}`)
    .replace(':nickname', about.nickname)
    .replace(/:\w+/, '42');
}

/** These forms are shown again on the page of their link, and the link in these tests is invalid. */
const linkIsInvalid = ['/reset-password/:token'];

/** All stored data, as lines of an archive. */
async function stored(host: TestHost): Promise<string> {
  const storage = host.running.storage as ReturnType<typeof memoryStorage>;
  return storage.snapshot(async (content) => {
    let lines = '';
    for await (const line of encodeArchive(content, new Date(0))) lines += line;
    return lines;
  });
}

/** A person with a post, whom the routes are about. */
async function subject(host: TestHost): Promise<{ nickname: string; post: string }> {
  const { nickname } = await host.member();
  const { microblog } = host.running;
  const author = await microblog.accounts.show(operator, nickname);
  const { id } = await microblog.posts.publish(author, { body: 'Hello' });
  return { nickname, post: id };
}

/** A member whose visit is already stored, so that a test's request writes nothing else. */
async function seenMember(host: TestHost) {
  const member = await host.member();
  const isSeen = async () =>
    (await host.running.microblog.users.show(null, member.nickname)).lastSeenAt !== null;
  await member.get('/explore');
  await expect.poll(isSeen).toBe(true);
  return member;
}

describe('the list of routes', () => {
  it('names each route once', () => {
    const names = named(listed('own')).map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has one POST without a form token, and says why', () => {
    const unguarded = listed('own').filter(({ method, kind, unguarded: reason }) => {
      return method === 'POST' && (kind !== 'form' || reason !== undefined);
    });
    expect(unguarded).toEqual([
      {
        ...{ method: 'POST', path: '/unsubscribe/:token', group: 'open', kind: 'form' },
        unguarded: expect.stringContaining('RFC 8058'),
      },
    ]);
  });

  it('has a page with metrics only if there is one', () => {
    const withMetrics = listed('own', { metricsPage }).map(({ path }) => path);
    expect(withMetrics).toContain('/metrics');
    expect(listed('own').map(({ path }) => path)).toEqual(withMetrics.filter((path) => path !== '/metrics'));
  });

  it('has no page of accounts if the host application owns sign-in', () => {
    const gone = listed('own').filter(
      ({ path, method }) => !listed('host').some((route) => route.path === path && route.method === method),
    );
    const kinds = /^\/(register|login|logout|reset-password|confirm-email|settings)/;
    expect(gone.length).toBeGreaterThan(15);
    expect(gone.filter(({ path }) => !kinds.test(path))).toEqual([]);
  });
});

describe.each(['own', 'host'] as const)('routes, with sign-in that is its %s', (signIn) => {
  const open = hostOpener({ signIn });
  const host = useHost(open);
  const all = listed(signIn);
  const forms = all.filter(({ method, unguarded }) => method === 'POST' && unguarded === undefined);
  const ofMembers = all.filter(({ group }) => group === 'members');

  it.each(named(forms))(
    '%s without a token is refused, of members and visitors, and writes nothing',
    async (_, route) => {
      const about = await subject(host);
      const [member, visitor] = [await seenMember(host), host.visitor()];
      const address = addressOf(route, about);
      const refusal = linkIsInvalid.includes(route.path) ? 410 : 403;
      const before = await stored(host);
      for (const person of [member, visitor]) {
        const page = await person.send(address, {});
        const data = await person.send(address, {}, json);
        expect([page.status, data.status]).toEqual([refusal, refusal]);
      }
      expect(await stored(host)).toBe(before);
    },
  );

  it.each(named(ofMembers))('%s leads a visitor to sign in, and writes nothing', async (_, route) => {
    const about = await subject(host);
    const visitor = host.visitor();
    const address = addressOf(route, about);
    const before = await stored(host);
    const ask = async (headers: Record<string, string> = {}) =>
      route.method === 'GET'
        ? visitor.get(address, headers)
        : visitor.send(address, { _csrf: await visitor.token('/explore') }, headers);
    const answer = await ask();
    if (route.method === 'POST') expectSignInDemand(open, answer);
    else {
      expect(answer.status).toBe(303);
      expect(answer.location).toMatch(signIn === 'own' ? /^\/login\?next=/ : /^\/shop\/login\?next=/);
    }
    const data = await ask(json);
    expect([data.status, JSON.parse(data.text).error.code]).toEqual([401, 'sign_in_required']);
    expect(await stored(host)).toBe(before);
  });

  it('robots.txt speaks of routes that exist', async () => {
    const { text } = await host.visitor().get('/robots.txt');
    const rules = [...text.matchAll(/^Disallow: ([^?\n]+)/gm)].map(([, rule = '']) => rule);
    expect(rules.length).toBeGreaterThan(3);
    const paths = listed('own').map(({ path }) => path);
    expect(rules.filter((rule) => !paths.some((path) => path.startsWith(rule)))).toEqual([]);
  });
});

describe.each(['own', 'host'] as const)(
  'routes that require to sign in, with sign-in that is its %s',
  (signIn) => {
    const host = useHost(hostOpener({ signIn }), { app: { requireLogin: true } });
    const reads = listed(signIn).filter(({ method }) => method === 'GET');

    it.each(named(reads.filter(({ group }) => group !== 'open')))(
      '%s is closed to visitors',
      async (_, route) => {
        const about = await subject(host);
        const { status } = await host.visitor().get(addressOf(route, about), json);
        expect(status).toBe(401);
      },
    );

    it.each(named(reads.filter(({ group }) => group === 'open')))('%s stays open', async (_, route) => {
      const address = addressOf(route, { nickname: 'nobody', post: '42' });
      const { status } = await host.visitor().get(address, json);
      expect(status).not.toBe(401);
    });
  },
);
