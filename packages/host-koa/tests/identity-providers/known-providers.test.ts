import { afterAll, describe, expect, it } from 'vitest';
import { type HostSetup, hostOpener, type RunningHost } from '../support/host.ts';
import { textOf } from '../support/html.ts';
import {
  answerOfProvider,
  CLIENT_ID,
  type Claims,
  oidcProvider,
  type TestProvider,
} from '../support/oidc-provider.ts';
import {
  APPLE_TEAM,
  apple,
  authentik,
  entra,
  gitlab,
  google,
  keycloak,
  type Quirks,
  TENANT,
} from '../support/provider-quirks.ts';
import { identitiesOf, ORIGIN, pathOf, settingsOf, signInThrough } from '../support/provider-visitor.ts';
import { texts } from '../support/texts.ts';
import { visitor } from '../support/visitor.ts';

const t = texts('en').t;
const REDIRECT = `${ORIGIN}/login/fake/callback`;
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const open = hostOpener();
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

type Settings = NonNullable<NonNullable<HostSetup['app']>['identityProviders']>[number];

async function provider(quirks: Quirks, claimsInToken = true, inForm = false): Promise<TestProvider> {
  const authentication = inForm ? 'client_secret_post' : 'client_secret_basic';
  const one = await oidcProvider({ redirectUris: [REDIRECT], claimsInToken, authentication, quirks });
  ends.push(() => one.close());
  return one;
}

async function hostWith(settings: Settings): Promise<RunningHost> {
  const host = await open({ app: { origin: ORIGIN, identityProviders: [settings] } });
  ends.push(async () => {
    await host.close();
    expect(host.failures, 'faults of the server').toEqual([]);
  });
  return host;
}

const signIn = (host: RunningHost, subject: string | null, person = visitor(host.url)) =>
  signInThrough(host, person, '/login/fake', subject).then((answer) => ({ person, answer }));

/** The settings of a member, as the page shows them. */
const settingsPage = async ({ person }: Awaited<ReturnType<typeof signIn>>) =>
  textOf((await person.get('/settings')).text);

const ADA = { email: 'ada@example.org', email_verified: true, name: 'Ada Lovelace' };

describe.each<
  [
    name: string,
    quirks: Quirks,
    claimsInToken: boolean,
    claims: Claims,
    account: { readonly nickname: string; readonly isConfirmed: boolean },
  ]
>([
  ['Google', google, true, { ...ADA, given_name: 'Ada' }, { nickname: 'ada', isConfirmed: true }],
  [
    'GitLab',
    gitlab,
    false,
    { ...ADA, nickname: 'lovelace', preferred_username: 'lovelace' },
    { nickname: 'lovelace', isConfirmed: true },
  ],
  [
    'Keycloak',
    keycloak,
    true,
    { ...ADA, email_verified: false, preferred_username: 'countess' },
    { nickname: 'countess', isConfirmed: false },
  ],
  [
    'Authentik',
    authentik,
    true,
    { ...ADA, email_verified: false, nickname: 'ada.l', preferred_username: 'ada.l' },
    { nickname: 'ada.l', isConfirmed: false },
  ],
  [
    'Microsoft Entra ID, one tenant',
    entra,
    true,
    { email: ADA.email, name: ADA.name, preferred_username: 'pat.lee@corp.example', tid: TENANT, oid: 'o' },
    { nickname: 'pat.lee', isConfirmed: false },
  ],
])('signing in with %s', (_name, quirks, claimsInToken, claims, { nickname, isConfirmed }) => {
  it('makes an account, finds it again, and shows it under the configured name', async () => {
    const there = await provider(quirks, claimsInToken);
    there.people.set('ada', claims);
    const host = await hostWith(settingsOf(there, 'Fake'));
    const first = await signIn(host, 'ada');
    expect([first.answer.status, first.answer.location]).toEqual([303, '/']);
    const user = await host.storage.users.findByNickname(nickname);
    expect([user?.email, user?.emailVerifiedAt !== null]).toEqual([ADA.email, isConfirmed]);
    there.people.set('ada', { ...claims, name: 'Other', nickname: 'other', preferred_username: 'other' });
    const again = await signIn(host, 'ada');
    expect(again.answer.location).toBe('/');
    expect(await identitiesOf(host, nickname)).toMatchObject([{ issuer: there.issuer, subject: 'ada' }]);
    const page = await settingsPage(again);
    expect(page).toContain(`Fake ${ADA.email}`);
    expect(page).not.toContain(t('settings.link', { provider: 'Fake' }));
  });

  it('may be refused at the provider', async () => {
    const there = await provider(quirks, claimsInToken);
    const { answer } = await signIn(await hostWith(settingsOf(there, 'Fake')), null);
    expect([answer.status, textOf(answer.text)]).toEqual([
      403,
      expect.stringContaining(t('errors:codes.provider_refused.title')),
    ]);
  });
});

describe('an issuer that ends with a slash (Authentik)', () => {
  it('is not accepted without it: identities are bound to the exact issuer', async () => {
    const there = await provider(authentik);
    const host = await hostWith({
      ...settingsOf(there, 'Fake'),
      issuer: there.issuer.slice(0, -1),
    });
    const answer = await visitor(host.url).get('/login/fake');
    expect([answer.status, textOf(answer.text)]).toEqual([
      502,
      expect.stringContaining(t('errors:codes.provider_answer_invalid.title')),
    ]);
  });
});

describe.each([
  ['with a slash', authentik],
  ['without one', keycloak],
])('the address of the metadata in the place of an issuer %s', (_what, quirks) => {
  it('means that issuer: the identity is shown under the provider’s name, and is connected', async () => {
    const there = await provider(quirks);
    there.people.set('ada', { ...ADA, preferred_username: 'ada' });
    const issuer = `${there.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const host = await hostWith({ ...settingsOf(there, 'Fake'), issuer });
    const signedIn = await signIn(host, 'ada');
    expect(await identitiesOf(host, 'ada')).toMatchObject([{ issuer: there.issuer }]);
    const page = await settingsPage(signedIn);
    expect(page).toContain(`Fake ${ADA.email}`);
    expect(page).not.toContain('127.0.0.1');
    expect(page).not.toContain(t('settings.link', { provider: 'Fake' }));
  });
});

describe('Microsoft Entra ID for all tenants', () => {
  const pat = { preferred_username: 'pat.lee@corp.example', email: 'pat.lee@corp.example', oid: 'o' };
  /** Its issuer is a template for all who ask at the address of all tenants. */
  const common = (there: () => TestProvider): Quirks => ({
    ...entra,
    metadata: (metadata) => ({
      ...metadata,
      issuer: `http://127.0.0.1:${there().port}/{tenantid}/v2.0`,
    }),
  });

  async function withCommon(tenant: string | undefined) {
    const there: TestProvider = await provider(common(() => there));
    there.people.set('pat', { ...pat, tid: tenant });
    const issuer = `http://127.0.0.1:${there.port}/common/v2.0`;
    return { there, host: await hostWith({ ...settingsOf(there, 'Fake'), issuer }) };
  }

  it('binds the identity to the issuer of the tenant, under the configured name', async () => {
    const { there, host } = await withCommon(TENANT);
    const signedIn = await signIn(host, 'pat');
    expect(signedIn.answer.location).toBe('/');
    expect(await identitiesOf(host, 'pat.lee')).toMatchObject([{ issuer: there.issuer, subject: 'pat' }]);
    expect((await signIn(host, 'pat')).answer.location).toBe('/');
    const page = await settingsPage(signedIn);
    expect(page).toContain('Fake pat.lee@corp.example');
    expect(page).not.toContain(t('settings.link', { provider: 'Fake' }));
    expect(there.asked.filter((path) => path.endsWith('/token'))).toHaveLength(2);
  });

  it.each([
    ['of another tenant', '00000000-86f1-41af-91ab-2d7cd011db47'],
    ['of no tenant', undefined],
    ['of an address', '../evil'],
  ])('refuses a token that says it is %s', async (_what, tenant) => {
    const { host } = await withCommon(tenant);
    const { answer } = await signIn(host, 'pat');
    expect([answer.status, textOf(answer.text)]).toEqual([
      502,
      expect.stringContaining(t('errors:codes.provider_answer_invalid.title')),
    ]);
    expect(await host.storage.users.findByNickname('pat.lee')).toBeNull();
  });

  it('never joins an account by an address, since it never says that one is verified', async () => {
    const { host } = await withCommon(TENANT);
    const owner = visitor(host.url);
    await owner.register('keeper', { email: pat.email });
    const user = await host.storage.users.findByNickname('keeper');
    await host.storage.users.update(user?.id ?? expect.fail('nobody there'), { emailVerifiedAt: new Date() });
    const { answer } = await signIn(host, 'pat');
    expect(answer.location).toBe('/login?link=fake');
    expect(await identitiesOf(host, 'keeper')).toEqual([]);
  });
});

describe('Apple', () => {
  async function withApple() {
    const { privateKey, ...quirks } = apple(CLIENT_ID);
    const there = await provider(quirks, true, true);
    there.people.set('001', { email: 'x7@privaterelay.appleid.com', email_verified: 'true' });
    const { clientSecret: _, ...settings } = settingsOf(there, 'Fake');
    const host = await hostWith({
      ...settings,
      clientSecretKey: { ...APPLE_TEAM, privateKey },
      responseMode: 'form_post',
    });
    return { there, host };
  }

  it('posts its answer: the account has the name that comes once, and its proven address', async () => {
    const { host } = await withApple();
    const { answer, person } = await signIn(host, '001');
    expect([answer.status, answer.location]).toEqual([303, '/']);
    const user = await host.storage.users.findByNickname('Ada_Lovelace');
    expect(user).toMatchObject({
      email: 'x7@privaterelay.appleid.com',
      emailVerifiedAt: expect.any(Date),
    });
    expect(person.cookies.has('microblog_name')).toBe(false);
    expect((await signIn(host, '001')).answer.location).toBe('/');
    expect(await identitiesOf(host, 'Ada_Lovelace')).toHaveLength(1);
  });

  it('posts a refusal, too', async () => {
    const { host } = await withApple();
    const person = visitor(host.url);
    const { location } = await person.get('/login/fake');
    const state = new URL(location ?? '').searchParams.get('state') ?? '';
    const posted = await visitor(host.url).send('/login/fake/callback', {
      error: 'user_cancelled_authorize',
      state,
    });
    const answer = await person.get(posted.location ?? '');
    expect([answer.status, textOf(answer.text)]).toEqual([
      403,
      expect.stringContaining(t('errors:codes.provider_refused.title')),
    ]);
  });

  it('leads nobody in but the browser that began, and only once', async () => {
    const { host } = await withApple();
    const person = visitor(host.url);
    const { location } = await person.get('/login/fake');
    const { address, posted } = await answerOfProvider(location ?? '', '001');
    const body = posted?.toString() ?? '';
    const post = (from: ReturnType<typeof visitor>) =>
      from.request(pathOf(host, address), { method: 'POST', headers: FORM, body });
    const stranger = visitor(host.url);
    const led = await post(stranger);
    expect([led.status, led.headers.get('Cache-Control')]).toEqual([303, 'no-store']);
    expect(led.location).not.toMatch(/user|example\.org/);
    expect((await stranger.get(led.location ?? '')).status).toBe(400);
    expect(stranger.cookies.has('microblog_session')).toBe(false);
    expect((await person.get(led.location ?? '')).location).toBe('/');
    expect((await person.get(led.location ?? '')).status).toBe(400);
  });

  it('does not give the name of another sign-in', async () => {
    const { host } = await withApple();
    const person = visitor(host.url);
    const user = JSON.stringify({ name: { firstName: 'Mallory', lastName: '' } });
    await person.send('/login/fake/callback', { code: 'x', state: 'another', user });
    const { location } = await person.get('/login/fake');
    const { posted } = await answerOfProvider(location ?? '', '001');
    posted?.delete('user');
    const led = await visitor(host.url).send('/login/fake/callback', Object.fromEntries(posted ?? []));
    expect((await person.get(led.location ?? '')).location).toBe('/');
    expect(await host.storage.users.findByNickname('Mallory')).toBeNull();
    expect(await host.storage.users.findByNickname('x7')).not.toBeNull();
  });

  it('may send a name that is no name, and an answer that is too long', async () => {
    const { host } = await withApple();
    for (const user of ['', 'x', '[]', '{"name":7}', '{"name":{"firstName":null}}']) {
      const { status, setCookies } = await visitor(host.url).send('/login/fake/callback', {
        code: 'x',
        user,
      });
      expect([status, setCookies.has('microblog_name')]).toEqual([303, false]);
    }
    const long = await visitor(host.url).send('/login/fake/callback', { code: 'x'.repeat(5_000) });
    expect([long.status, textOf(long.text)]).toEqual([
      502,
      expect.stringContaining(t('errors:codes.provider_answer_invalid.title')),
    ]);
    const nowhere = await visitor(host.url).send('/login/unknown/callback', { code: 'x' });
    expect(nowhere.status).toBe(404);
  });

  it('does not take a secret that another key has signed', async () => {
    const { there } = await withApple();
    const { clientSecret: _, ...settings } = settingsOf(there, 'Fake');
    const { privateKey } = apple(CLIENT_ID);
    const clientSecretKey = { ...APPLE_TEAM, privateKey };
    const host = await hostWith({ ...settings, clientSecretKey, responseMode: 'form_post' });
    const { answer } = await signIn(host, '001');
    expect(answer.status).toBe(502);
  });
});
