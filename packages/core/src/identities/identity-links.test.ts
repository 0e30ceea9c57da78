import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

const issuer = 'https://id.example.org';
const email = 'ada@example.org';
const ada = { issuer, subject: '1', nickname: 'Ada', email, emailVerified: true };
const password = 'correct horse battery';

describe('accounts.linkIdentity', () => {
  it('binds an identity once, and refuses one of another account', async () => {
    const { accounts, member } = testMicroblog();
    const [own, other] = [await member('own'), await member('other')];
    expect(await accounts.linkIdentity(own, ada)).toBe(true);
    expect(await accounts.linkIdentity(own, ada)).toBe(false);
    await rejectsWith(accounts.linkIdentity(other, ada), 'identity_taken');
    await rejectsWith(accounts.linkIdentity(visitor, ada), 'sign_in_required');
    await rejectsWith(accounts.linkIdentity({ ...own, suspendedAt: new Date() }, ada), 'account_suspended');
  });

  it.each([undefined, {}, { password: '' }, { password: 'wrong horse' }, { password: 'x'.repeat(10_000) }])(
    'needs the password of an account that has one: not %.60j',
    async (confirmation) => {
      const { accounts, storage } = testMicroblog();
      const own = await accounts.register(visitor, { nickname: 'own', email, password });
      const error = await rejectsWith(accounts.linkIdentity(own, ada, confirmation), 'invalid_input');
      expect(error.details.fields).toMatchObject([{ field: 'password', problem: 'wrong_password' }]);
      expect(await storage.identities.listByUser(own.id)).toEqual([]);
      expect(await accounts.linkIdentity(own, ada, { password })).toBe(true);
    },
  );

  it('binds an identity to one of two members who link it at once', async () => {
    const { accounts, member } = testMicroblog();
    const people = [await member('own'), await member('other')];
    const results = await Promise.allSettled(people.map((one) => accounts.linkIdentity(one, ada)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('accounts.unlinkIdentity', () => {
  it('removes only identities of the viewer', async () => {
    const { accounts, member } = testMicroblog();
    const { user } = await accounts.signInWithIdentity(ada);
    const other = await member('other');
    const second = { ...ada, subject: '2' };
    await accounts.linkIdentity(user, second);
    const [latest, first] = await accounts.listIdentities(user);
    expect(await accounts.unlinkIdentity(other, first?.id ?? '')).toBe(false);
    expect(await accounts.unlinkIdentity(user, 'nonsense')).toBe(false);
    expect(await accounts.unlinkIdentity(user, latest?.id ?? '')).toBe(true);
    expect(await accounts.unlinkIdentity(user, latest?.id ?? '')).toBe(false);
    expect(await accounts.listIdentities(user)).toEqual([first]);
    expect(await accounts.listIdentities(visitor)).toEqual([]);
    await rejectsWith(accounts.unlinkIdentity(visitor, first?.id ?? ''), 'sign_in_required');
  });

  it('keeps the last way to sign in, also if two are removed at once, and ignores providers that are no longer offered', async () => {
    const { accounts } = testMicroblog();
    const { user } = await accounts.signInWithIdentity(ada);
    const [only] = await accounts.listIdentities(user);
    await rejectsWith(accounts.unlinkIdentity(user, only?.id ?? ''), 'last_sign_in');
    await accounts.linkIdentity(user, { ...ada, issuer: 'https://gone.example.org' });
    const all = await accounts.listIdentities(user);
    const signInWith = (one: string) => one === issuer;
    await rejectsWith(accounts.unlinkIdentity(user, only?.id ?? '', { signInWith }), 'last_sign_in');
    const results = await Promise.allSettled(all.map(({ id }) => accounts.unlinkIdentity(user, id)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await accounts.listIdentities(user)).toHaveLength(1);
  });

  it('removes the last identity if the account has a password', async () => {
    const { accounts } = testMicroblog();
    const user = await accounts.register(visitor, { nickname: 'ada', email, password });
    await accounts.linkIdentity(user, ada, { password });
    const [only] = await accounts.listIdentities(user);
    expect(await accounts.unlinkIdentity(user, only?.id ?? '')).toBe(true);
  });
});

describe('the confirmed address of an account', () => {
  const mailsTo = ({ mailer }: ReturnType<typeof mailingMicroblog>) =>
    mailer.sent.filter(({ to }) => to.includes(email)).map(({ subject }) => subject);

  it('is notified of each identity that is added or removed', async () => {
    const microblog = mailingMicroblog();
    const { accounts, member, settled, clock } = microblog;
    const own = await member('ada', { emailVerifiedAt: clock.now() });
    await accounts.signInWithIdentity(ada);
    await accounts.linkIdentity(own, { ...ada, subject: '2', email: 'thief@example.org' });
    await accounts.linkIdentity(own, ada);
    const [latest] = await accounts.listIdentities(own);
    await accounts.unlinkIdentity(own, latest?.id ?? '');
    await accounts.unlinkIdentity(own, latest?.id ?? '');
    await settled();
    const linked = 'Another way to sign in';
    expect(mailsTo(microblog).sort()).toEqual(['A way to sign in is gone', linked, linked]);
    expect(microblog.mailer.sent.at(-1)?.text).toContain(issuer);
  });

  it('is not notified before it is confirmed, nor about the identity that created the account', async () => {
    const microblog = mailingMicroblog();
    const { accounts, member, settled } = microblog;
    await accounts.linkIdentity(await member('ada'), { ...ada, emailVerified: false });
    await accounts.signInWithIdentity({ ...ada, subject: '2', email: 'ben@example.org' });
    await settled();
    expect(microblog.mailer.sent).toEqual([]);
  });
});

describe('a new password by mail or from an administrator', () => {
  const reset = async ({ accounts, secretFor }: ReturnType<typeof mailingMicroblog>) => {
    await accounts.requestPasswordReset({ email });
    return accounts.resetPassword({ token: await secretFor(email), password });
  };

  it('unbinds an identity that created the account with another person’s address', async () => {
    const microblog = mailingMicroblog();
    const stranger = { ...ada, emailVerified: false };
    const { user } = await microblog.accounts.signInWithIdentity(stranger);
    await microblog.settled();
    await reset(microblog);
    expect(await microblog.accounts.listIdentities(user)).toEqual([]);
    await rejectsWith(microblog.accounts.signInWithIdentity(stranger), 'link_required');
  });

  it.each([
    ['under another address', { email: 'thief@example.org' }],
    ['under the account’s address, unverified', { emailVerified: false }],
  ])('unbinds an identity that an intruder with the old password bound %s', async (_, changes) => {
    const microblog = mailingMicroblog();
    const { accounts, member, clock } = microblog;
    const own = await member('ada', { emailVerifiedAt: clock.now() });
    const theirs = { ...ada, subject: 'thief', ...changes };
    await accounts.linkIdentity(own, theirs);
    await reset(microblog);
    expect(await accounts.listIdentities(own)).toEqual([]);
    const again = await accounts.signInWithIdentity(theirs).catch(() => null);
    expect(again?.user.id).not.toBe(own.id);
    await accounts.linkIdentity(own, { ...theirs, subject: 'again' }, { password });
    await accounts.setPassword(operator, { nickname: 'ada', password: 'another horse' });
    expect(await accounts.listIdentities(own)).toEqual([]);
  });

  it('lets an identity with the verified address of the account join again', async () => {
    const microblog = mailingMicroblog();
    const { user } = await microblog.accounts.signInWithIdentity(ada);
    await reset(microblog);
    expect(await microblog.accounts.signInWithIdentity(ada)).toMatchObject({
      outcome: 'joined',
      user: { id: user.id },
    });
  });

  it('keeps the identity of a host application', async () => {
    const microblog = mailingMicroblog();
    const { user } = await microblog.users.provision(operator, { externalId: 7, nickname: 'ada', email });
    await reset(microblog);
    expect(await microblog.users.externalIdOf(operator, user.id)).toBe('7');
  });
});
