import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { visitor } from './viewer.ts';

const email = 'ada@example.org';
const newEmail = 'countess@example.org';
const password = 'correct horse';
const QUIET = 2 * 60_000;
const WEEK = 7 * 24 * 60 * 60_000;

async function withAda() {
  const microblog = mailingMicroblog();
  const ada = await microblog.accounts.register(visitor, { nickname: 'ada', email, password });
  return { ...microblog, ada };
}

describe('a new account', () => {
  it('gets a mail to confirm its address', async () => {
    const { accounts, ada, secretFor, clock, storage } = await withAda();
    expect(ada.emailVerifiedAt).toBeNull();
    expect((await accounts.confirmEmail(visitor, await secretFor(email))).id).toBe(ada.id);
    expect(await storage.users.find(ada.id)).toMatchObject({
      email,
      emailVerifiedAt: clock.now(),
      sessionEpoch: ada.sessionEpoch,
    });
  });

  it('is created even if no mail can be sent', async () => {
    const { accounts, jobs } = testMicroblog();
    await accounts.register(visitor, { nickname: 'ada', email, password });
    expect((await jobs.statistics()).waiting).toBe(0);
  });
});

describe('accounts.emailConfirmationFor', () => {
  it('returns the owner while the link is valid, and changes nothing', async () => {
    const { accounts, ada, secretFor, pass, storage } = await withAda();
    const secret = await secretFor(email);
    expect((await accounts.emailConfirmationFor(secret))?.id).toBe(ada.id);
    expect((await storage.users.find(ada.id))?.emailVerifiedAt).toBeNull();
    pass(WEEK);
    expect(await accounts.emailConfirmationFor(secret)).toBeNull();
  });

  it.each(['', 'x', 'A'.repeat(43)])('returns null for %j, and for a used link', async (never) => {
    const { accounts, secretFor } = await withAda();
    const secret = await secretFor(email);
    await accounts.confirmEmail(visitor, secret);
    expect(await accounts.emailConfirmationFor(secret)).toBeNull();
    expect(await accounts.emailConfirmationFor(never)).toBeNull();
  });

  it('returns null for a link to a new password', async () => {
    const { accounts, secretFor, settled } = await withAda();
    await settled();
    await accounts.requestPasswordReset({ email });
    const secret = await secretFor(email);
    expect(await accounts.passwordResetFor(secret)).not.toBeNull();
    expect(await accounts.emailConfirmationFor(secret)).toBeNull();
  });
});

describe('accounts.requestEmailConfirmation', () => {
  it('mails another link, until the address is confirmed', async () => {
    const { accounts, ada, mailer, settled, secretFor, pass } = await withAda();
    await settled();
    pass(QUIET);
    await accounts.requestEmailConfirmation(ada);
    const secret = await secretFor(email);
    expect(mailer.sent).toHaveLength(2);
    await accounts.confirmEmail(visitor, secret);
    await accounts.requestEmailConfirmation(ada);
    await settled();
    expect(mailer.sent).toHaveLength(2);
  });

  it('sends at most one mail in two minutes', async () => {
    const { accounts, ada, mailer, settled, pass } = await withAda();
    for (let times = 0; times < 3; times++) {
      await accounts.requestEmailConfirmation(ada);
      await settled();
    }
    expect(mailer.sent).toHaveLength(1);
    pass(QUIET - 1);
    await accounts.requestEmailConfirmation(ada);
    pass(1);
    await accounts.requestEmailConfirmation(ada);
    await accounts.requestEmailConfirmation(ada);
    await settled();
    expect(mailer.sent).toHaveLength(2);
  });

  it('tries again if the mail server refuses the mail', async () => {
    const { mailer, settled, pass, secretFor } = await withAda();
    mailer.failNext(new Error('on purpose'));
    await settled();
    expect(mailer.sent).toEqual([]);
    pass(WEEK / 100);
    expect(await secretFor(email)).not.toBe('');
  });

  it('needs a mailer', async () => {
    const { accounts, member } = testMicroblog();
    await rejectsWith(accounts.requestEmailConfirmation(await member('ada')), 'mail_off');
  });
});

describe('accounts.changeEmail', () => {
  it('changes the address when the mailed link is opened, and notifies the old address', async () => {
    const { accounts, ada, mailer, secretFor, settled, storage } = await withAda();
    await accounts.confirmEmail(visitor, await secretFor(email));
    expect(await accounts.changeEmail(ada, { email: newEmail, password })).toMatchObject({ pending: true });
    const secret = await secretFor(newEmail);
    expect((await storage.users.find(ada.id))?.email).toBe(email);
    await rejectsWith(accounts.confirmEmail(visitor, secret), 'sign_in_required');
    await accounts.confirmEmail(ada, secret);
    expect((await storage.users.find(ada.id))?.email).toBe(newEmail);
    await settled();
    expect(mailer.sent.at(-1)).toMatchObject({ to: [email], subject: 'Your email address was changed' });
  });

  it('does not notify an unconfirmed old address, which may be mistyped', async () => {
    const { accounts, ada, mailer, secretFor, settled } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    await accounts.confirmEmail(ada, await secretFor(newEmail));
    await settled();
    expect(mailer.sent.filter(({ to }) => to.includes(email))).toHaveLength(1);
  });

  it('changes the address at once, unconfirmed, if no mail can be sent', async () => {
    const { accounts, member, storage, clock } = testMicroblog();
    const ada = await member('ada', { emailVerifiedAt: clock.now() });
    expect(await accounts.changeEmail(ada, { email: newEmail })).toMatchObject({ pending: false });
    expect(await storage.users.find(ada.id)).toMatchObject({ email: newEmail, emailVerifiedAt: null });
  });

  it('accepts the same address in another case', async () => {
    const { accounts, ada } = await withAda();
    const { user, pending } = await accounts.changeEmail(ada, { email: 'Ada@example.org', password });
    expect([user.email, pending]).toEqual(['Ada@example.org', false]);
  });

  it('names the invalid fields', async () => {
    const { accounts, ada, member } = await withAda();
    await member('ben');
    const wrong = await rejectsWith(
      accounts.changeEmail(ada, { email: newEmail, password: 'x' }),
      'invalid_input',
    );
    expect(wrong.details.fields).toMatchObject([{ field: 'password', problem: 'wrong_password' }]);
    await rejectsWith(accounts.changeEmail(ada, { email: 'nowhere', password }), 'invalid_input');
    await rejectsWith(accounts.changeEmail(ada, { email: 'BEN@example.org', password }), 'email_taken');
    await rejectsWith(accounts.changeEmail(visitor, { email: newEmail, password }), 'sign_in_required');
  });
});

describe('accounts.confirmEmail', () => {
  it('accepts a link once, for a week', async () => {
    const { accounts, secretFor, pass } = await withAda();
    const secret = await secretFor(email);
    pass(WEEK);
    await rejectsWith(accounts.confirmEmail(visitor, secret), 'token_invalid');
    const again = await withAda();
    const other = await again.secretFor(email);
    await again.accounts.confirmEmail(visitor, other);
    await rejectsWith(again.accounts.confirmEmail(visitor, other), 'token_invalid');
    await rejectsWith(again.accounts.confirmEmail(visitor, 'nonsense'), 'token_invalid');
  });

  it('never takes a used link back to an earlier address', async () => {
    const { accounts, ada, secretFor } = await withAda();
    const first = await secretFor(email);
    await accounts.confirmEmail(visitor, first);
    await accounts.changeEmail(ada, { email: newEmail, password });
    expect(await accounts.pendingEmail(ada)).toBe(newEmail);
    await accounts.confirmEmail(ada, await secretFor(newEmail));
    await rejectsWith(accounts.confirmEmail(ada, first), 'token_invalid');
    expect(await accounts.pendingEmail(ada)).toBeNull();
  });

  it('refuses an address that another account has by now', async () => {
    const { accounts, ada, member, storage, secretFor } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    const secret = await secretFor(newEmail);
    const ben = await member('ben');
    await storage.users.update(ben.id, { email: newEmail });
    await rejectsWith(accounts.confirmEmail(ada, secret), 'email_taken');
    expect((await storage.users.find(ada.id))?.email).toBe(email);
  });

  it('ends links to a new password that went to the old address', async () => {
    const { accounts, ada, secretFor } = await withAda();
    await accounts.requestPasswordReset({ email });
    const reset = await secretFor(email);
    await accounts.changeEmail(ada, { email: newEmail, password });
    await accounts.confirmEmail(ada, await secretFor(newEmail));
    await rejectsWith(accounts.resetPassword({ token: reset, password: 'another horse' }), 'token_invalid');
  });

  it('refuses a suspended member', async () => {
    const { accounts, ada, storage, clock, secretFor } = await withAda();
    const secret = await secretFor(email);
    await storage.users.update(ada.id, { suspendedAt: clock.now() });
    await rejectsWith(accounts.confirmEmail(visitor, secret), 'account_suspended');
  });
});

describe('accounts.isEmailConfirmedBy', () => {
  it('knows a link that was used, for its week', async () => {
    const { accounts, secretFor, pass } = await withAda();
    const secret = await secretFor(email);
    expect(await accounts.isEmailConfirmedBy(secret)).toBe(false);
    await accounts.confirmEmail(visitor, secret);
    expect(await accounts.isEmailConfirmedBy(secret)).toBe(true);
    pass(WEEK);
    expect(await accounts.isEmailConfirmedBy(secret)).toBe(false);
  });

  it('is false once the account has another address', async () => {
    const { accounts, ada, secretFor } = await withAda();
    const [first] = [await secretFor(email)];
    await accounts.confirmEmail(visitor, first);
    await accounts.changeEmail(ada, { email: newEmail, password });
    expect(await accounts.isEmailConfirmedBy(first)).toBe(true);
    await accounts.confirmEmail(ada, await secretFor(newEmail));
    expect(await accounts.isEmailConfirmedBy(first)).toBe(false);
  });

  it.each(['', 'x', 'A'.repeat(43)])('is false for %j, which was no link', async (token) => {
    expect(await (await withAda()).accounts.isEmailConfirmedBy(token)).toBe(false);
  });
});
