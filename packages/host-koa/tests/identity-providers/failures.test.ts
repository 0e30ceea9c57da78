import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type HostSetup, hostOpener, type RunningHost } from '../support/host.ts';
import { textOf } from '../support/html.ts';
import { atProvider, oidcProvider, type TestProvider } from '../support/oidc-provider.ts';
import { ORIGIN, pathOf, settingsOf, signInAt, toProvider } from '../support/provider-visitor.ts';
import { texts } from '../support/texts.ts';
import { type Answer, type Visitor, visitor } from '../support/visitor.ts';

const REDIRECT = `${ORIGIN}/login/own-id/callback`;
/** Milliseconds for each call to a provider in these tests: enough on a busy machine, little to wait for. */
const PATIENCE = 1_000;

const open = hostOpener();
const running: RunningHost[] = [];
const providers: TestProvider[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const host of running.splice(0)) {
    await host.close();
    expect(host.failures, 'faults of the server').toEqual([]);
  }
});
afterAll(async () => {
  for (const provider of providers) await provider.close();
});

async function start(settings: HostSetup['app']): Promise<RunningHost> {
  const app = { origin: ORIGIN, identityProviderTimeout: PATIENCE, ...settings };
  const host = await open({ app });
  running.push(host);
  return host;
}

async function setUp(): Promise<{ host: RunningHost; provider: TestProvider; person: Visitor }> {
  const provider = await oidcProvider({ redirectUris: [REDIRECT] });
  providers.push(provider);
  provider.people.set('ada', { nickname: 'ada', email: 'ada@example.org', email_verified: true });
  const host = await start({ identityProviders: [settingsOf(provider, 'Own ID')] });
  return { host, provider, person: visitor(host.url) };
}

/** A calm page: what happened, a way back, nobody signed in, no account, and the rest of the site as ever. */
async function expectCalm(host: RunningHost, person: Visitor, answer: Answer, code: string): Promise<void> {
  const statuses: Record<string, number> = {
    provider_refused: 403,
    provider_interrupted: 400,
    provider_unavailable: 503,
    provider_answer_invalid: 502,
  };
  expect([answer.status, code]).toEqual([statuses[code], code]);
  expect(textOf(answer.text)).toContain(texts('en').errorTitle(code));
  expect(answer.text).toContain('class="btn btn-primary" href="/login"');
  expect(person.cookies.has('microblog_session')).toBe(false);
  expect(await host.storage.users.findByNickname('ada')).toBeNull();
  expect((await person.get('/login')).status).toBe(200);
}

describe('a sign-in with a provider that does not come to its end', () => {
  it('is refused by the person', async () => {
    const { host, person } = await setUp();
    const answer = await signInAt(host, person, '/login/own-id', null);
    await expectCalm(host, person, answer, 'provider_refused');
    const spanish = visitor(host.url, { language: 'es' });
    const refused = await signInAt(host, spanish, '/login/own-id', null);
    expect(textOf(refused.text)).toContain(texts('es').t('errors:codes.provider_refused.text'));
  });

  it('comes back with another state, or with none', async () => {
    const { host, provider, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada', (address) =>
      address.searchParams.set('state', 'another'),
    );
    await expectCalm(host, person, await person.get(path), 'provider_interrupted');
    for (const query of ['', '?code=x', '?error=access_denied', '?state=', '?state=a&state=b']) {
      await person.get('/login/own-id');
      const answer = await person.get(`/login/own-id/callback${query}`);
      await expectCalm(host, person, answer, 'provider_interrupted');
    }
    expect(provider.asked).not.toContain('/token');
  });

  it('comes back to another browser, to another provider’s address, or with a cookie that was changed', async () => {
    const { host, provider, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada');
    const stranger = visitor(host.url);
    await expectCalm(host, stranger, await stranger.get(path), 'provider_interrupted');
    const cookie = person.cookies.get('microblog_sign_in') ?? '';
    const [content = '', signature] = cookie.split('.');
    const value = JSON.parse(Buffer.from(content, 'base64url').toString());
    for (const changed of [
      { ...value, until: value.until + 1 },
      { ...value, value: { provider: 'own-id' } },
    ]) {
      const forged = Buffer.from(JSON.stringify(changed)).toString('base64url');
      stranger.cookies.set('microblog_sign_in', `${forged}.${signature}`);
      await expectCalm(host, stranger, await stranger.get(path), 'provider_interrupted');
    }
    expect(provider.asked).not.toContain('/token');
  });

  it('is finished by who follows the address, not by who only looks at it', async () => {
    const { host, provider, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada');
    const looked = await person.request(path, { method: 'HEAD' });
    expect([looked.status, looked.setCookies.size]).toEqual([204, 0]);
    expect(provider.asked).not.toContain('/token');
    expect((await person.get(path)).location).toBe('/');
    expect(await host.storage.users.findByNickname('ada')).not.toBeNull();
  });

  it('comes back with another nonce', async () => {
    const { host, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada', (address) =>
      address.searchParams.set('nonce', 'another'),
    );
    await expectCalm(host, person, await person.get(path), 'provider_answer_invalid');
  });

  it('comes back in the name of another issuer, or in none', async () => {
    const { host, provider, person } = await setUp();
    for (const issuer of ['https://evil.example', '']) {
      const address = new URL(await toProvider(host, person, '/login/own-id', 'ada'), ORIGIN);
      expect(address.searchParams.get('iss')).toBe(provider.issuer);
      if (issuer === '') address.searchParams.delete('iss');
      else address.searchParams.set('iss', issuer);
      const answer = await person.get(pathOf(host, address.href));
      await expectCalm(host, person, answer, 'provider_answer_invalid');
    }
    expect(provider.asked).not.toContain('/token');
  });

  it('comes back with a code of another sign-in: PKCE', async () => {
    const { host, person } = await setUp();
    const mine = new URL(await toProvider(host, person, '/login/own-id', 'ada'), ORIGIN);
    const stolen = new URL(await toProvider(host, visitor(host.url), '/login/own-id', 'ada'), ORIGIN);
    mine.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    const answer = await person.get(pathOf(host, mine.href));
    await expectCalm(host, person, answer, 'provider_interrupted');
  });

  it('comes back with a code whose time is over', async () => {
    const { host, provider, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada');
    await provider.expire(new URL(path, ORIGIN).searchParams.get('code') ?? '');
    await expectCalm(host, person, await person.get(path), 'provider_interrupted');
  });

  it('comes back a second time: neither the cookie nor the code is good twice', async () => {
    const { host, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada');
    const begun = person.cookies.get('microblog_sign_in') ?? '';
    expect((await person.get(path)).location).toBe('/');
    const again = visitor(host.url);
    expect((await again.get(path)).status).toBe(400);
    again.cookies.set('microblog_sign_in', begun);
    expect((await again.get(path)).status).toBe(400);
    expect(again.cookies.has('microblog_session')).toBe(false);
  });

  it('is told to programs as JSON', async () => {
    const { host } = await setUp();
    const program = visitor(host.url, { headers: { Accept: 'application/json' } });
    const { status, text } = await program.get('/login/own-id/callback?state=x');
    expect([status, JSON.parse(text).error.code]).toEqual([400, 'provider_interrupted']);
  });
});

describe('a provider', () => {
  it('that is down is noticed by nobody else, and is tried anew', async () => {
    const { provider } = await setUp();
    await provider.close();
    const host = await start({ identityProviders: [settingsOf(provider, 'Own ID')] });
    const person = visitor(host.url);
    expect((await person.get('/explore')).status).toBe(200);
    const answer = await person.get('/login/own-id');
    await expectCalm(host, person, answer, 'provider_unavailable');
    expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    const back = await oidcProvider({ redirectUris: [REDIRECT], port: provider.port });
    providers.push(back);
    expect((await person.get('/login/own-id')).status).toBe(303);
  });

  it('is asked what it offers once, by those who come at once, too', async () => {
    const { host, provider } = await setUp();
    const path = '/.well-known/openid-configuration';
    expect(provider.asked).toEqual([]);
    const people = Array.from({ length: 5 }, () => visitor(host.url));
    await Promise.all(people.map((person) => person.get('/login/own-id')));
    await people[0]?.get('/login/own-id');
    expect(provider.asked).toEqual([path]);
  });

  it('that is down later goes on with what it said before', async () => {
    const { provider, person } = await setUp();
    expect((await person.get('/login/own-id')).status).toBe(303);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60 * 1000 });
    await provider.close();
    expect((await person.get('/login/own-id')).status).toBe(303);
    expect(provider.asked).toHaveLength(1);
  });

  it('that goes down while somebody is there leaves them a calm page', async () => {
    const { host, provider, person } = await setUp();
    const path = await toProvider(host, person, '/login/own-id', 'ada');
    await provider.close();
    await expectCalm(host, person, await person.get(path), 'provider_unavailable');
  });

  it.each(['/.well-known/openid-configuration', '/token', '/me'])(
    'that is silent at %s is not waited for',
    async (at) => {
      const { host, provider, person } = await setUp();
      provider.intercept = ({ url }) => url === at;
      const begun = await person.get('/login/own-id');
      if (at === '/.well-known/openid-configuration') {
        return expectCalm(host, person, begun, 'provider_unavailable');
      }
      const path = pathOf(host, await atProvider(begun.location ?? '', 'ada'));
      await expectCalm(host, person, await person.get(path), 'provider_unavailable');
    },
  );

  it('that never ends its answer is not waited for', async () => {
    const { host, provider, person } = await setUp();
    provider.intercept = ({ url }, response) => {
      if (url !== '/token') return false;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{');
      return true;
    };
    const answer = await signInAt(host, person, '/login/own-id', 'ada');
    await expectCalm(host, person, answer, 'provider_unavailable');
  });

  it.each([
    ['/.well-known/openid-configuration', 500, 'provider_unavailable'],
    ['/.well-known/openid-configuration', 404, 'provider_answer_invalid'],
    ['/.well-known/openid-configuration', 200, 'provider_answer_invalid'],
    ['/token', 500, 'provider_unavailable'],
    ['/token', 429, 'provider_unavailable'],
    ['/token', 200, 'provider_answer_invalid'],
    ['/me', 500, 'provider_unavailable'],
  ])('that answers with a page of its own at %s (%i) leaves a calm one here', async (at, status, code) => {
    const { host, provider, person } = await setUp();
    provider.intercept = ({ url }, response) => {
      if (url !== at) return false;
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>Oops</h1>');
      return true;
    };
    const begun = await person.get('/login/own-id');
    if (begun.status !== 303) return expectCalm(host, person, begun, code);
    const path = pathOf(host, await atProvider(begun.location ?? '', 'ada'));
    const answer = await person.get(path);
    await expectCalm(host, person, answer, code);
    expect(answer.text).not.toContain('Oops');
  });

  it.each(['/.well-known/openid-configuration', '/token', '/me'])(
    'that sends without end at %s is cut off',
    async (at) => {
      const { host, provider, person } = await setUp();
      let sent = 0;
      provider.intercept = ({ url }, response) => {
        if (url !== at) return false;
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(64 * 1024))) sent += 64 * 1024;
        };
        response.on('drain', more);
        more();
        return true;
      };
      const begun = await person.get('/login/own-id');
      const answer =
        begun.status === 303
          ? await person.get(pathOf(host, await atProvider(begun.location ?? '', 'ada')))
          : begun;
      await expectCalm(host, person, answer, 'provider_answer_invalid');
      // What is on the way in buffers of both sides comes on top of the limit.
      expect(sent).toBeLessThan(32 * 1024 * 1024);
    },
  );

  it('that sends its metadata drop by drop is not waited for', async () => {
    const { host, provider, person } = await setUp();
    let drops: NodeJS.Timeout | undefined;
    provider.intercept = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      drops = setInterval(() => response.write(' '), 100);
      return true;
    };
    await expectCalm(host, person, await person.get('/login/own-id'), 'provider_unavailable');
    clearInterval(drops);
  });

  it.each([
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['authorization_endpoint', 'data:text/html,x'],
    ['authorization_endpoint', '/auth'],
    ['authorization_endpoint', 7],
    ['authorization_endpoint', undefined],
    ['token_endpoint', 'file:///etc/passwd'],
    ['token_endpoint', 'ftp://id.example.org/token'],
    ['token_endpoint', undefined],
    ['userinfo_endpoint', 'javascript:alert(1)'],
  ])('whose %s is %s leads nobody there', async (name, address) => {
    const { host, provider, person } = await setUp();
    const { issuer } = provider;
    provider.intercept = (_request, response) => {
      const metadata = {
        ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
        [name]: address,
      };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(metadata));
      return true;
    };
    await expectCalm(host, person, await person.get('/login/own-id'), 'provider_answer_invalid');
  });

  it('that calls itself otherwise is not believed', async () => {
    const { provider } = await setUp();
    const impostor = createServer((_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ issuer: provider.issuer, token_endpoint: `${provider.issuer}/token` }));
    });
    await new Promise<void>((listening) => impostor.listen(0, '127.0.0.1', () => listening()));
    const issuer = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
    const settings = { ...settingsOf(provider, 'Own ID'), issuer };
    const host = await start({ identityProviders: [settings] });
    const person = visitor(host.url);
    await expectCalm(host, person, await person.get('/login/own-id'), 'provider_answer_invalid');
    await new Promise((closed) => impostor.close(closed));
  });

  it('that does not take the secret lets nobody in', async () => {
    const { provider } = await setUp();
    const settings = { ...settingsOf(provider, 'Own ID'), clientSecret: 'not the secret at all' };
    const host = await start({ identityProviders: [settings] });
    const person = visitor(host.url);
    const answer = await signInAt(host, person, '/login/own-id', 'ada');
    await expectCalm(host, person, answer, 'provider_answer_invalid');
  });
});

describe('settings of providers', () => {
  const one = { name: 'Own ID', issuer: 'https://id.example.org', clientId: 'a', clientSecret: 'a secret' };

  it('need an origin, and are checked', async () => {
    const { origin: _, ...withoutOrigin } = { origin: ORIGIN, identityProviders: [one] };
    await expect(open({ app: withoutOrigin })).rejects.toThrow(/identityProviders needs origin/);
    const insecure = { ...one, issuer: 'http://id.example.org' };
    const refused = open({ app: { origin: ORIGIN, identityProviders: [insecure] } });
    await expect(refused).rejects.toThrow(/issuer of entry 1 to be an https address/);
  });
});
