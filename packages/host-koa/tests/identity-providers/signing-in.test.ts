import { afterAll, describe, expect, it } from 'vitest';
import { hostOpener, useHost } from '../support/host.ts';
import { alertOf, flashOf, tags, textOf, valueIn } from '../support/html.ts';
import { oidcProvider } from '../support/oidc-provider.ts';
import {
  identitiesOf,
  ORIGIN,
  personAt,
  settingsOf,
  signInAt,
  toProvider,
} from '../support/provider-visitor.ts';
import { shopSignIn } from '../support/shop.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const t = texts('en').t;

describe.each(['', '/blog'])('signing in with a provider, under "%s"', async (basePath) => {
  const callback = `${ORIGIN}${basePath}/login/own-id/callback`;
  const provider = await oidcProvider({ redirectUris: [callback] });
  const other = await oidcProvider({
    redirectUris: [`${ORIGIN}${basePath}/login/other/callback`],
    claimsInToken: true,
    authentication: 'client_secret_post',
  });
  afterAll(async () => {
    await provider.close();
    await other.close();
  });
  const app = {
    origin: ORIGIN,
    identityProviders: [settingsOf(provider, 'Own ID'), settingsOf(other, 'Other')],
  };
  const open = hostOpener({ basePath });
  const host = useHost(open, { app });

  const person = (subject: string, changes = {}) => personAt([provider, other], subject, changes);
  /** An account with a password, whose address was confirmed or not. */
  async function member(nickname: string, { confirmed }: { readonly confirmed: boolean }) {
    const visitor = await host.member({}, nickname);
    const { users } = host.running.storage;
    const user = await users.findByNickname(nickname);
    if (user === null) return expect.fail('nobody there');
    await users.update(user.id, { emailVerifiedAt: confirmed ? new Date() : null });
    return visitor;
  }

  it('is offered on the pages to sign in and to register, by links that keep where to go on', async () => {
    const page = await host.visitor().get('/login?next=%2Fsearch');
    const links = tags(page.text, 'a').map(({ attributes }) => attributes.href);
    expect(links).toContain(`${basePath}/login/own-id?next=%2Fsearch`);
    expect(links).toContain(`${basePath}/login/other?next=%2Fsearch`);
    expect(textOf(page.text)).toContain(t('login.continue_with', { provider: 'Own ID' }));
    const spanish = await host.visitor({ language: 'es' }).get('/login');
    expect(textOf(spanish.text)).toContain('Continuar con Own ID');
    expect((await host.visitor().get('/register')).text).toContain(`${basePath}/login/own-id"`);
  });

  it('asks the provider for a code with PKCE, state and nonce, to come back under the configured origin', async () => {
    const visitor = host.visitor({ headers: { 'X-Forwarded-Host': 'evil.example', Host: 'evil.example' } });
    const answer = await visitor.get('/login/own-id');
    const address = new URL(answer.location ?? '');
    expect([answer.status, address.origin]).toEqual([303, provider.issuer]);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: 'microblog',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const cookie = answer.setCookies.get('microblog_sign_in');
    expect(cookie?.attributes).toMatchObject({ path: basePath || '/', samesite: 'lax', httponly: '' });
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  it.each(['own-id', 'other'])(
    'makes an account with %s at first sight, and finds it ever after',
    async (slug) => {
      const subject = person(`new.${slug.replace('-', '')}`);
      const visitor = host.visitor();
      const first = await signInAt(host.running, visitor, `/login/${slug}?next=%2Fexplore`, subject);
      expect([first.status, first.location]).toEqual([303, '/explore']);
      expect(flashOf((await visitor.get('/explore')).text)).toBe(
        t('flash.registered', { nickname: subject }),
      );
      const user = await host.running.storage.users.findByNickname(subject);
      expect(user).toMatchObject({ email: `${subject}@example.org`, emailVerifiedAt: expect.any(Date) });
      expect((await visitor.get('/settings')).status).toBe(200);
      const again = host.visitor();
      await signInAt(host.running, again, `/login/${slug}`, subject);
      expect(flashOf((await again.get('/')).text)).toBe(t('flash.signed_in', { nickname: subject }));
      expect(await identitiesOf(host.running, subject)).toHaveLength(1);
    },
  );

  it('numbers a nickname that is taken, and leads nowhere outside', async () => {
    await host.member({}, 'john');
    const subject = person('john-at-provider', { nickname: 'John' });
    const visitor = host.visitor();
    const answer = await signInAt(host.running, visitor, '/login/own-id?next=%2F%2Fevil.example', subject);
    expect(answer.location).toBe('/');
    expect(flashOf((await visitor.get('/')).text)).toBe(t('flash.registered', { nickname: 'John2' }));
  });

  it('joins an account whose address is confirmed here and verified there', async () => {
    await member('joined', { confirmed: true });
    const visitor = host.visitor();
    await signInAt(host.running, visitor, '/login/own-id', person('joined'));
    expect(flashOf((await visitor.get('/')).text)).toBe(t('flash.identity_joined', { nickname: 'joined' }));
    expect(await identitiesOf(host.running, 'joined')).toHaveLength(1);
  });

  it.each([
    ['unconfirmed', { confirmed: false }, {}],
    ['unverified', { confirmed: true }, { email_verified: false }],
    ['unsaid', { confirmed: true }, { email_verified: undefined }],
  ])('asks to sign in once where the address is %s, and then links', async (name, account, claims) => {
    await member(name, account);
    const visitor = host.visitor();
    const subject = person(name, claims);
    const answer = await signInAt(host.running, visitor, '/login/own-id?next=%2Fexplore', subject);
    expect(answer.location).toBe('/login?link=own-id&next=%2Fexplore');
    expect(await identitiesOf(host.running, name)).toEqual([]);
    const page = await visitor.get(answer.location ?? '');
    const person_ = `${name}@example.org`;
    expect(textOf(page.text)).toContain(t('login.link', { provider: 'Own ID', person: person_ }));
    const fields = { login: name, password: 'wrong horse battery', link: 'own-id', next: '/explore' };
    const wrong = await visitor.submit('/login', fields);
    expect([wrong.status, alertOf(wrong.text)]).toEqual([401, texts('en').error('sign_in_failed')]);
    expect(textOf(wrong.text)).toContain(t('login.link_once', { provider: 'Own ID' }));
    const linked = await visitor.submit('/login', { ...fields, password: PASSWORD });
    expect([linked.status, linked.location]).toEqual([303, '/explore']);
    expect(flashOf((await visitor.get('/explore')).text)).toBe(
      t('flash.identity_joined', { nickname: name }),
    );
    expect(visitor.cookies.has('microblog_link')).toBe(false);
    const again = host.visitor();
    await signInAt(host.running, again, '/login/own-id', subject);
    expect(flashOf((await again.get('/')).text)).toBe(t('flash.signed_in', { nickname: name }));
  });

  it('links nothing to whoever signs in by a form that does not say so, and nothing that was made up', async () => {
    await member('careful', { confirmed: false });
    const visitor = host.visitor();
    await signInAt(host.running, visitor, '/login/own-id', person('careful'));
    expect(visitor.cookies.has('microblog_link')).toBe(true);
    await visitor.signIn('careful');
    expect(await identitiesOf(host.running, 'careful')).toEqual([]);
    const value = Buffer.from(JSON.stringify({ value: {}, until: Date.now() + 1e6 })).toString('base64url');
    for (const forged of [`${value}.${'a'.repeat(43)}`, value, '.', 'x']) {
      const forger = host.visitor();
      forger.cookies.set('microblog_link', forged);
      await forger.signIn('careful', { link: 'own-id' });
      expect(await identitiesOf(host.running, 'careful')).toEqual([]);
    }
  });

  it('makes no account without an address, and says why', async () => {
    const visitor = host.visitor();
    const before = await host.written();
    for (const email of [undefined, 'no <b>address</b>']) {
      const answer = await signInAt(host.running, visitor, '/login/own-id', person('addressless', { email }));
      expect(answer.status).toBe(422);
      const reason =
        email === undefined
          ? t('errors:codes.identity_without_email.title')
          : t('errors:situations.refused_address', { email });
      expect(textOf(answer.text)).toContain(reason);
      expect(answer.text).toContain(`href="${basePath}/login"`);
    }
    expect(await host.written()).toEqual(before);
  });

  it('says which address of the provider it can not use', async () => {
    const visitor = host.visitor();
    const email = 'ада@россия.рф';
    const answer = await signInAt(host.running, visitor, '/login/own-id', person('unusable', { email }));
    expect(answer.status).toBe(422);
    expect(textOf(answer.text)).toContain(t('errors:situations.refused_address', { email }));
    expect(textOf(answer.text)).not.toContain(t('errors:codes.identity_without_email.title'));
    expect(answer.text).toContain(`href="${basePath}/login"`);
  });

  it.each([
    ['idn', 'ada@россия.рф', 'ada@xn--h1alffa9f.xn--p1ai'],
    ['signs', 'a&b@example.org', 'a&b@example.org'],
    ['slash', 'user/dept@example.org', 'user/dept@example.org'],
  ])('makes an account with the address of the provider: %s', async (name, email, stored) => {
    const subject = person(name, { email });
    const { status } = await signInAt(host.running, host.visitor(), '/login/own-id', subject);
    expect(status).toBe(303);
    expect(await host.running.storage.users.findByNickname(subject)).toMatchObject({ email: stored });
  });

  it('keeps out who is suspended', async () => {
    const subject = person('suspended');
    await signInAt(host.running, host.visitor(), '/login/own-id', subject);
    const { users } = host.running.storage;
    const user = await users.findByNickname(subject);
    await users.update(user?.id ?? expect.fail('nobody there'), { suspendedAt: new Date() });
    const visitor = host.visitor();
    const answer = await signInAt(host.running, visitor, '/login/own-id', subject);
    expect(answer.status).toBe(403);
    expect(textOf(answer.text)).toContain(t('errors:codes.account_suspended.title'));
    expect(visitor.cookies.has('microblog_session')).toBe(false);
  });

  it('gives one account to two browsers at once', async () => {
    const subject = person('twice');
    const visitors = [host.visitor(), host.visitor(), host.visitor()];
    const paths = await Promise.all(
      visitors.map((visitor) => toProvider(host.running, visitor, '/login/own-id', subject)),
    );
    const answers = await Promise.all(visitors.map((visitor, index) => visitor.get(paths[index] ?? '')));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await identitiesOf(host.running, subject)).toHaveLength(1);
    expect(await host.running.storage.users.findByNickname('twice2')).toBeNull();
  });

  it('keeps a post that was typed before', async () => {
    const visitor = host.visitor();
    await visitor.submit('/posts', { body: 'Typed <before>' }, '/explore');
    const subject = person('typed.before');
    expect((await signInAt(host.running, visitor, '/login/own-id', subject)).location).toBe('/');
    expect(valueIn((await visitor.get('/')).text, 'body')).toBe('Typed <before>');
    expect(valueIn((await visitor.get('/')).text, 'body')).toBe('');
  });

  it('knows no other providers', async () => {
    for (const path of ['/login/nobody', '/login/nobody/callback', '/login/own-id/nothing']) {
      expect((await host.visitor().get(path)).status).toBe(404);
    }
  });
});

describe('signing in with a provider where registration is closed', async () => {
  const provider = await oidcProvider({ redirectUris: [`${ORIGIN}/login/own-id/callback`] });
  afterAll(() => provider.close());
  const app = { origin: ORIGIN, requireLogin: true, identityProviders: [settingsOf(provider, 'Own ID')] };
  const host = useHost(hostOpener(), { app, microblog: { registration: 'closed' } });

  it('makes no account', async () => {
    provider.people.set('ada', { nickname: 'ada', email: 'ada@example.org', email_verified: true });
    const answer = await signInAt(host.running, host.visitor(), '/login/own-id', 'ada');
    expect(answer.status).toBe(403);
    expect(textOf(answer.text)).toContain(t('errors:codes.registration_closed.title'));
    expect(await host.written()).toEqual([]);
  });
});

describe('providers where a host application owns sign-in', () => {
  const settings = { name: 'Own ID', issuer: 'https://id.example.org', clientId: 'a', clientSecret: 'b' };
  const app = { ...shopSignIn, origin: ORIGIN, identityProviders: [settings] };
  const host = useHost(hostOpener({ signIn: 'host' }), { app });

  it('are nowhere', async () => {
    expect((await host.visitor().get('/login/own-id')).status).toBe(404);
    expect((await host.visitor().get('/login/own-id/callback?code=x&state=y')).status).toBe(404);
    const member = await host.member();
    expect((await member.get('/settings')).text).not.toContain('settings-sign-in');
    expect((await member.submit('/settings/identities', { link: 'own-id' })).status).toBe(404);
  });
});
