import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { visitor } from './viewer.ts';

const email = 'ada@example.org';
const newEmail = 'countess@example.org';
const password = 'correct horse';
const WEEK = 7 * 24 * 60 * 60_000;

async function withAda() {
  const microblog = mailingMicroblog();
  const ada = await microblog.accounts.register(visitor, { nickname: 'ada', email, password });
  await microblog.settled();
  const mailsTo = (address: string) => microblog.mailer.sent.filter(({ to }) => to.includes(address));
  return { ...microblog, ada, mailsTo };
}

describe('accounts.pendingEmail', () => {
  it('is the address of an unopened link, for a week', async () => {
    const { accounts, ada, settled, pass } = await withAda();
    expect(await accounts.pendingEmail(ada)).toBeNull();
    await accounts.changeEmail(ada, { email: newEmail, password });
    expect(await accounts.pendingEmail(ada)).toBe(newEmail);
    await settled();
    expect(await accounts.pendingEmail(ada)).toBe(newEmail);
    expect(await accounts.pendingEmail(visitor)).toBeNull();
    pass(WEEK);
    expect(await accounts.pendingEmail(ada)).toBeNull();
  });

  it('is null after the link is opened', async () => {
    const { accounts, ada, secretFor } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    await accounts.confirmEmail(ada, await secretFor(newEmail));
    expect(await accounts.pendingEmail(ada)).toBeNull();
  });

  it('is the last requested address, and only its link works', async () => {
    const { accounts, ada, secretFor, storage } = await withAda();
    const first = await secretFor(email);
    await accounts.changeEmail(ada, { email: 'mistyped@example.org', password });
    const mistyped = await secretFor('mistyped@example.org');
    await accounts.changeEmail(ada, { email: newEmail, password });
    expect(await accounts.pendingEmail(ada)).toBe(newEmail);
    await rejectsWith(accounts.confirmEmail(ada, mistyped), 'token_invalid');
    await accounts.confirmEmail(visitor, first);
    expect((await storage.users.find(ada.id))?.emailVerifiedAt).not.toBeNull();
  });

  it('gets no second mail within two minutes if it is requested again', async () => {
    const { accounts, ada, settled, mailsTo } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    await settled();
    expect(await accounts.changeEmail(ada, { email: newEmail.toUpperCase(), password })).toMatchObject({
      pending: true,
    });
    await settled();
    expect(mailsTo(newEmail)).toHaveLength(1);
    expect(await accounts.pendingEmail(ada)).toBe(newEmail);
  });
});

describe('accounts.cancelEmailChange', () => {
  it('cancels a change and its link', async () => {
    const { accounts, ada, secretFor, storage } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    const secret = await secretFor(newEmail);
    expect(await accounts.cancelEmailChange(ada)).toBe(true);
    expect(await accounts.cancelEmailChange(ada)).toBe(false);
    expect(await accounts.pendingEmail(ada)).toBeNull();
    await rejectsWith(accounts.confirmEmail(ada, secret), 'token_invalid');
    expect(await storage.users.find(ada.id)).toMatchObject({ email });
  });

  it('cancels a mail that is not sent yet', async () => {
    const { accounts, ada, settled, mailsTo } = await withAda();
    await accounts.changeEmail(ada, { email: newEmail, password });
    await accounts.cancelEmailChange(ada);
    await settled();
    expect(mailsTo(newEmail)).toEqual([]);
    await accounts.changeEmail(ada, { email: newEmail, password });
    await settled();
    expect(mailsTo(newEmail)).toHaveLength(1);
  });

  it('keeps the link that confirms the current address', async () => {
    const { accounts, ada, secretFor, storage } = await withAda();
    const secret = await secretFor(email);
    await accounts.changeEmail(ada, { email: newEmail, password });
    await accounts.cancelEmailChange(ada);
    await accounts.confirmEmail(visitor, secret);
    expect((await storage.users.find(ada.id))?.emailVerifiedAt).not.toBeNull();
  });

  it('is for members', async () => {
    const { accounts, ada, clock } = await withAda();
    await rejectsWith(accounts.cancelEmailChange(visitor), 'sign_in_required');
    await rejectsWith(accounts.cancelEmailChange({ ...ada, suspendedAt: clock.now() }), 'account_suspended');
  });
});

describe('a change of the address of an account without a password', () => {
  it('notifies the confirmed address at once', async () => {
    const { accounts, member, clock, settled, mailsTo } = await withAda();
    const ben = await member('ben', { emailVerifiedAt: clock.now() });
    await accounts.changeEmail(ben, { email: newEmail });
    await settled();
    expect(mailsTo('ben@example.org').map(({ subject }) => subject)).toEqual([
      'Somebody wants to change your email address',
    ]);
  });

  it('does not notify an unconfirmed address, nor if a password was given', async () => {
    const { accounts, ada, member, settled, mailsTo, storage, clock } = await withAda();
    await accounts.changeEmail(await member('ben'), { email: newEmail });
    await storage.users.update(ada.id, { emailVerifiedAt: clock.now() });
    await accounts.changeEmail(ada, { email: 'other@example.org', password });
    await settled();
    expect([...mailsTo('ben@example.org'), ...mailsTo(email)].map(({ subject }) => subject)).toEqual([
      'Confirm your address',
    ]);
  });
});
