import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { HOST_ISSUER } from './identity.ts';
import type { IdentityInput } from './identity-input.ts';

const issuer = 'https://id.example.org';
const ada = { issuer, subject: '1', nickname: 'Ada', email: 'ada@example.org', emailVerified: true };

describe('accounts.signInWithIdentity', () => {
  it('creates an account at the first sign-in, and finds it later whatever the provider changes', async () => {
    const { accounts, clock, users } = testMicroblog();
    const avatarUrl = 'https://id.example.org/ada.png';
    const first = await accounts.signInWithIdentity({ ...ada, avatarUrl, locale: 'es_UY' });
    expect(first.outcome).toBe('registered');
    expect(first.user).toMatchObject({
      ...{ nickname: 'Ada', email: 'ada@example.org', emailVerifiedAt: clock.now(), avatarUrl },
      ...{ locale: 'es-UY', role: 'member' },
    });
    const changed = { ...ada, nickname: 'augusta', email: 'augusta@example.org', avatarUrl };
    const again = await accounts.signInWithIdentity(changed);
    expect(again).toEqual({ outcome: 'signed_in', user: first.user });
    expect(await accounts.listIdentities(first.user)).toMatchObject([
      { issuer, subject: '1', nickname: 'augusta', email: 'augusta@example.org' },
    ]);
    expect((await users.list(visitor)).items).toHaveLength(1);
  });

  it('identifies a person by issuer and subject together', async () => {
    const { accounts } = testMicroblog();
    const { user } = await accounts.signInWithIdentity(ada);
    const others = [
      { ...ada, subject: '2', email: 'b@example.org' },
      { ...ada, issuer: 'https://other.example.org', email: 'c@example.org' },
    ];
    for (const other of others) {
      const signedIn = await accounts.signInWithIdentity(other);
      expect(signedIn.outcome).toBe('registered');
      expect(signedIn.user.id).not.toBe(user.id);
    }
  });

  it.each<[what: string, Partial<IdentityInput>, nickname: string]>([
    ['nickname', { nickname: 'José Núñez', preferredUsername: 'jn' }, 'Jose_Nunez'],
    ['preferred user name', { nickname: null, preferredUsername: 'jn@corp.example' }, 'jn'],
    ['address', { nickname: ' ', preferredUsername: '漢字', email: 'j.n@corp.example' }, 'j.n'],
    [
      'address, or `member` if it has no usable character',
      { nickname: null, email: '_@corp.example' },
      'member',
    ],
    ['nickname, with a number if it is taken', { nickname: 'john' }, 'john2'],
  ])('takes the nickname from the %s', async (_, changes, nickname) => {
    const { accounts, member } = testMicroblog();
    await member('John');
    const { user } = await accounts.signInWithIdentity({ ...ada, ...changes });
    expect(user.nickname).toBe(nickname);
  });

  it('records a new account as a registration does, and mails a confirmation for an unverified address', async () => {
    const { accounts, mailer, settled, on, secretFor, storage } = mailingMicroblog();
    const registered: string[] = [];
    on('user.registered', ({ nickname }) => void registered.push(nickname));
    await accounts.signInWithIdentity(ada);
    const { user } = await accounts.signInWithIdentity({
      ...{ issuer, subject: '2', nickname: 'ben', email: 'ben@example.org', emailVerified: false },
    });
    expect(user.emailVerifiedAt).toBeNull();
    await settled();
    expect(registered).toEqual(['Ada', 'ben']);
    expect(mailer.sent.map(({ to }) => to)).toEqual([['ben@example.org']]);
    await accounts.confirmEmail(visitor, await secretFor('ben@example.org'));
    expect((await storage.users.find(user.id))?.emailVerifiedAt).not.toBeNull();
  });

  describe('with the address of an account', () => {
    const verified = { emailVerifiedAt: new Date() };

    it('joins the account if both sides have verified the address', async () => {
      const { accounts, member } = testMicroblog();
      const own = await member('ada', verified);
      const joined = await accounts.signInWithIdentity({ ...ada, email: 'ADA@Example.org' });
      expect(joined).toEqual({ outcome: 'joined', user: own });
      expect(await accounts.signInWithIdentity(ada)).toEqual({ outcome: 'signed_in', user: own });
    });

    it.each([
      ['the provider says that it is not verified', verified, { emailVerified: false }],
      ['the provider says nothing', verified, { emailVerified: null }],
      ['the account’s own is not verified', {}, {}],
      ['neither is', {}, { emailVerified: false }],
    ])('throws `link_required` if %s', async (_, changes, said) => {
      const { accounts, member, storage } = testMicroblog();
      const own = await member('ada', changes);
      await rejectsWith(accounts.signInWithIdentity({ ...ada, ...said }), 'link_required');
      expect(await storage.identities.listByUser(own.id)).toEqual([]);
      expect(await accounts.linkIdentity(own, { ...ada, ...said })).toBe(true);
      const signedIn = await accounts.signInWithIdentity({ ...ada, ...said });
      expect([signedIn.outcome, signedIn.user.id]).toEqual(['signed_in', own.id]);
    });

    it('joins an account while registration is closed, and creates none', async () => {
      const { accounts, member } = testMicroblog({ registration: 'closed' });
      await member('ada', verified);
      expect((await accounts.signInWithIdentity(ada)).outcome).toBe('joined');
      const ben = { ...ada, subject: '2', email: 'ben@example.org' };
      await rejectsWith(accounts.signInWithIdentity(ben), 'registration_closed');
    });

    it('refuses a suspended member', async () => {
      const { accounts, member, storage } = testMicroblog();
      const suspended = { ...verified, suspendedAt: new Date() };
      const own = await member('ada', suspended);
      await rejectsWith(accounts.signInWithIdentity(ada), 'account_suspended');
      await storage.users.update(own.id, { suspendedAt: null });
      await accounts.signInWithIdentity(ada);
      await storage.users.update(own.id, suspended);
      await rejectsWith(accounts.signInWithIdentity(ada), 'account_suspended');
    });
  });

  it.each([
    ['', undefined],
    [' ', undefined],
    ['ada', 'ada'],
    [' a b@example.org ', 'a b@example.org'],
    ['a\0@example.org', 'a@example.org'],
    [`${'a'.repeat(300)}@example.org`, 'a'.repeat(254)],
  ])('reports an address that it refuses, so that its owner recognises it: %j', async (email, reported) => {
    const { accounts } = testMicroblog();
    const error = await rejectsWith(accounts.signInWithIdentity({ ...ada, email }), 'identity_without_email');
    expect(error.details.email).toBe(reported);
  });

  it('creates no account without a valid address', async () => {
    const { accounts, users } = testMicroblog();
    for (const email of [undefined, null, '', 'ada', 'a\0@example.org']) {
      await rejectsWith(accounts.signInWithIdentity({ ...ada, email }), 'identity_without_email');
    }
    expect((await users.list(visitor)).items).toEqual([]);
    const { user } = await accounts.signInWithIdentity(ada);
    expect((await accounts.signInWithIdentity({ ...ada, email: null })).user.id).toBe(user.id);
  });

  it.each(['"a b"@example.org', 'ада@россия.рф', 'ada@localhost', `${'a'.repeat(65)}@example.org`])(
    'creates no account with the address %s, and says which it was',
    async (email) => {
      const { accounts } = testMicroblog();
      const attempt = accounts.signInWithIdentity({ ...ada, email: email.replaceAll(' ', '') });
      const { details } = await rejectsWith(attempt, 'identity_without_email');
      expect(details.email).toBe(email.replaceAll(' ', ''));
    },
  );

  it.each([
    ['ada@россия.рф', 'ada@xn--h1alffa9f.xn--p1ai'],
    ['a&b@example.org', 'a&b@example.org'],
    ['user/dept@Example.ORG', 'user/dept@example.org'],
  ])('takes the address %s of a provider as %s', async (email, stored) => {
    const { accounts } = testMicroblog();
    const { user } = await accounts.signInWithIdentity({ ...ada, email });
    expect(user.email).toBe(stored);
    expect((await accounts.signInWithIdentity({ ...ada, email: stored })).user.id).toBe(user.id);
  });

  it('joins the account with the same address in another spelling', async () => {
    const { accounts, member } = testMicroblog();
    const own = await member('ada', {
      email: 'ada@xn--h1alffa9f.xn--p1ai',
      emailVerifiedAt: new Date(0),
    });
    const { user, outcome } = await accounts.signInWithIdentity({
      ...ada,
      email: 'Ada@Россия.рф',
      emailVerified: true,
    });
    expect([user.id, outcome]).toEqual([own.id, 'joined']);
  });

  it('confirms the account’s address if a bound provider verifies it, and no other address', async () => {
    const { accounts, member } = testMicroblog();
    const own = await member('ada');
    await accounts.linkIdentity(own, { ...ada, emailVerified: false });
    const other = await accounts.signInWithIdentity({ ...ada, email: 'b@example.org' });
    expect(other.user.emailVerifiedAt).toBeNull();
    expect((await accounts.signInWithIdentity(ada)).user.emailVerifiedAt).not.toBeNull();
  });

  it('updates only a picture that came from the provider', async () => {
    const { accounts, storage } = testMicroblog();
    const picture = (name: string) => ({ ...ada, avatarUrl: `https://id.example.org/${name}.png` });
    const { user } = await accounts.signInWithIdentity(picture('a'));
    expect((await accounts.signInWithIdentity(picture('b'))).user.avatarUrl).toMatch(/b\.png$/);
    await storage.users.update(user.id, { avatarUrl: 'https://example.org/own.png' });
    expect((await accounts.signInWithIdentity(picture('c'))).user.avatarUrl).toMatch(/own\.png$/);
  });

  it('creates one account for many sign-ins at once', async () => {
    const { accounts, users } = testMicroblog();
    const all = await Promise.all(Array.from({ length: 8 }, () => accounts.signInWithIdentity(ada)));
    expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
    expect(all.filter(({ outcome }) => outcome === 'registered')).toHaveLength(1);
    expect((await users.list(visitor)).items).toHaveLength(1);
    const namesakes = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        accounts.signInWithIdentity({ ...ada, subject: `n${n}`, email: `n${n}@example.org` }),
      ),
    );
    expect(new Set(namesakes.map(({ user }) => user.nickname)).size).toBe(5);
  });

  it.each<[what: string, Partial<IdentityInput>, field: string]>([
    ['no subject', { subject: '' }, 'subject'],
    ['a subject of 256 characters', { subject: 'a'.repeat(256) }, 'subject'],
    ['a subject with NUL', { subject: 'a\0' }, 'subject'],
    ['no issuer', { issuer: '' }, 'issuer'],
    ['the issuer of a host application', { issuer: HOST_ISSUER }, 'issuer'],
  ])('refuses %s', async (_, changes, field) => {
    const { accounts } = testMicroblog();
    const error = await rejectsWith(accounts.signInWithIdentity({ ...ada, ...changes }), 'invalid_input');
    expect(error.details.fields?.map((problem) => problem.field)).toEqual([field]);
  });
});
