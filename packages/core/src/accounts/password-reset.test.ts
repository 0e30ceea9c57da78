import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { visitor } from './viewer.ts';

const MINUTE = 60_000;
const email = 'ada@example.org';
const password = 'correct horse';

async function withAda() {
  const microblog = mailingMicroblog();
  const ada = await microblog.accounts.register(visitor, { nickname: 'ada', email, password });
  await microblog.settled();
  const mailsToAda = () => microblog.mailer.sent.filter(({ to }) => to.includes(email));
  const { length } = mailsToAda();
  return { ...microblog, ada, newMails: () => mailsToAda().slice(length) };
}

describe('accounts.requestPasswordReset', () => {
  it('mails a link to the address of the account, in any case', async () => {
    const { accounts, settled, newMails } = await withAda();
    await accounts.requestPasswordReset({ email: ' Ada@Example.org ' });
    await settled();
    expect(newMails()).toHaveLength(1);
    expect(newMails()[0]).toMatchObject({ to: [email], subject: 'Set a new password' });
  });

  it('does the same for an unknown address, and sends nothing', async () => {
    const { accounts, jobs, settled, mailer } = await withAda();
    const sent = mailer.sent.length;
    await accounts.requestPasswordReset({ email: 'nobody@example.org' });
    expect(await jobs.statistics()).toMatchObject({ waiting: 1 });
    await settled();
    expect(mailer.sent).toHaveLength(sent);
  });

  it.each(['nobody@example.org', email])(
    'asks the queue for the same when it is repeated: %s',
    async (who) => {
      const { accounts, jobs, settled } = await withAda();
      await accounts.requestPasswordReset({ email: who });
      await settled();
      await accounts.requestPasswordReset({ email: who.toUpperCase() });
      expect(await jobs.statistics()).toMatchObject({ waiting: 0, scheduled: 1 });
    },
  );

  it('sends at most one mail in two minutes', async () => {
    const { accounts, settled, newMails, pass } = await withAda();
    for (let times = 0; times < 3; times++) {
      await accounts.requestPasswordReset({ email: times === 1 ? 'ADA@example.org' : email });
      await settled();
    }
    expect(newMails()).toHaveLength(1);
    pass(2 * MINUTE);
    await settled();
    await accounts.requestPasswordReset({ email });
    await settled();
    expect(newMails()).toHaveLength(2);
  });

  it('sends nothing to a suspended member', async () => {
    const { accounts, storage, ada, clock, settled, newMails } = await withAda();
    await storage.users.update(ada.id, { suspendedAt: clock.now() });
    await accounts.requestPasswordReset({ email });
    await settled();
    expect(newMails()).toEqual([]);
  });

  it('needs an address, and a mailer', async () => {
    const { accounts } = mailingMicroblog();
    const error = await rejectsWith(accounts.requestPasswordReset({ email: 'nowhere' }), 'invalid_input');
    expect(error.details.fields).toMatchObject([{ field: 'email', problem: 'email_malformed' }]);
    await rejectsWith(testMicroblog().accounts.requestPasswordReset({ email }), 'mail_off');
  });
});

describe('accounts.resetPassword', () => {
  async function withToken() {
    const microblog = await withAda();
    await microblog.accounts.requestPasswordReset({ email });
    return { ...microblog, token: await microblog.secretFor(email) };
  }

  it('sets the password, confirms the address, and ends all sessions', async () => {
    const { accounts, ada, token, clock } = await withToken();
    expect(await accounts.passwordResetFor(token)).toMatchObject({
      person: { id: ada.id },
      unbindsIdentities: false,
    });
    const user = await accounts.resetPassword({ token, password: 'another horse' });
    expect(user).toMatchObject({
      id: ada.id,
      sessionEpoch: ada.sessionEpoch + 1,
      emailVerifiedAt: clock.now(),
    });
    expect((await accounts.signIn({ login: 'ada', password: 'another horse' })).id).toBe(ada.id);
    await rejectsWith(accounts.signIn({ login: 'ada', password }), 'sign_in_failed');
    expect(await accounts.resumeSession({ userId: ada.id, epoch: ada.sessionEpoch })).toBeNull();
  });

  it('notifies the account’s address', async () => {
    const { accounts, token, settled, newMails } = await withToken();
    await accounts.resetPassword({ token, password: 'another horse' });
    await settled();
    expect(newMails().at(-1)?.subject).toBe('Your password was changed');
  });

  it('works once, also for requests at the same time', async () => {
    const { accounts, token } = await withToken();
    const attempts = ['horse one one', 'horse two two'].map((word) =>
      accounts.resetPassword({ token, password: word }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await rejectsWith(accounts.resetPassword({ token, password: 'another horse' }), 'token_invalid');
    expect(await accounts.passwordResetFor(token)).toBeNull();
  });

  it('ends other links to a new password', async () => {
    const { accounts, token, secretFor, pass, settled } = await withToken();
    pass(2 * MINUTE);
    await settled();
    await accounts.requestPasswordReset({ email });
    const later = await secretFor(email);
    expect(later).not.toBe(token);
    await accounts.resetPassword({ token, password: 'another horse' });
    await rejectsWith(accounts.resetPassword({ token: later, password: 'third horse' }), 'token_invalid');
  });

  it('works for an hour', async () => {
    const { accounts, token, pass } = await withToken();
    pass(60 * MINUTE - 1);
    expect(await accounts.passwordResetFor(token)).not.toBeNull();
    pass(1);
    expect(await accounts.passwordResetFor(token)).toBeNull();
    await rejectsWith(accounts.resetPassword({ token, password: 'another horse' }), 'token_invalid');
  });

  it.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}!`, 'é'.repeat(43), 'A'.repeat(10_000)])(
    'is not for a link that never was: %.50j',
    async (token) => {
      const { accounts } = await withToken();
      await rejectsWith(accounts.resetPassword({ token, password: 'another horse' }), 'token_invalid');
      expect(await accounts.passwordResetFor(token)).toBeNull();
    },
  );

  it('keeps the link if the new password is refused', async () => {
    const { accounts, token } = await withToken();
    const error = await rejectsWith(accounts.resetPassword({ token, password: 'short' }), 'invalid_input');
    expect(error.details.fields).toMatchObject([{ field: 'password', problem: 'too_short' }]);
    await accounts.resetPassword({ token, password: 'another horse' });
  });

  it('refuses a member who was suspended meanwhile', async () => {
    const { accounts, storage, ada, token, clock } = await withToken();
    await storage.users.update(ada.id, { suspendedAt: clock.now() });
    await rejectsWith(accounts.resetPassword({ token, password: 'another horse' }), 'account_suspended');
  });

  it('refuses a link to an earlier address of the account', async () => {
    const { accounts, storage, ada, token } = await withToken();
    await storage.users.update(ada.id, { email: 'new@example.org', emailVerifiedAt: null });
    expect(await accounts.passwordResetFor(token)).toBeNull();
    await rejectsWith(accounts.resetPassword({ token, password: 'another horse' }), 'token_invalid');
    await storage.users.update(ada.id, { email: email.toUpperCase() });
    await accounts.resetPassword({ token, password: 'another horse' });
  });

  it('stores only the SHA-256 of a link’s secret', async () => {
    const { storage, ada, token } = await withToken();
    const [kept, ...others] = await storage.accountTokens.listByUser(ada.id, 'reset_password');
    expect(others).toEqual([]);
    expect(kept?.hash).toBe(createHash('sha256').update(token).digest('base64url'));
    expect(JSON.stringify([kept, await storage.users.find(ada.id)])).not.toContain(token);
  });
});
