import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { visitor } from './viewer.ts';

const _MINUTE = 60_000;
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

describe('accounts.changePassword', () => {
  it('needs the current password', async () => {
    const { accounts, ada } = await withAda();
    const wrong = accounts.changePassword(ada, { currentPassword: 'wrong horse', password: 'another horse' });
    const error = await rejectsWith(wrong, 'invalid_input');
    expect(error.details.fields).toEqual([
      { field: 'currentPassword', problem: 'wrong_password', params: {} },
    ]);
    await accounts.signIn({ login: 'ada', password });
  });

  it('changes the password, ends all sessions, and notifies the confirmed address', async () => {
    const { accounts, ada, settled, newMails, secretFor } = await withAda();
    await accounts.confirmEmail(visitor, await secretFor(email));
    const user = await accounts.changePassword(ada, { currentPassword: password, password: 'another horse' });
    expect(user.sessionEpoch).toBe(ada.sessionEpoch + 1);
    await accounts.signIn({ login: email, password: 'another horse' });
    await settled();
    expect(newMails().map(({ subject }) => subject)).toEqual(['Your password was changed']);
  });

  it('does not notify an unconfirmed address, which may belong to a stranger', async () => {
    const { accounts, ada, settled, newMails } = await withAda();
    await accounts.changePassword(ada, { currentPassword: password, password: 'another horse' });
    await accounts.changePassword(ada, { currentPassword: 'another horse', password });
    await settled();
    expect(newMails()).toEqual([]);
  });

  it('names the missing fields', async () => {
    const { accounts, ada } = await withAda();
    const error = await rejectsWith(
      accounts.changePassword(ada, { currentPassword: '', password: 'short' }),
      'invalid_input',
    );
    expect(error.details.fields?.map(({ field, problem }) => [field, problem])).toEqual([
      ['currentPassword', 'required'],
      ['password', 'too_short'],
    ]);
  });

  it('is for members, and for those with a password', async () => {
    const { accounts, member } = await withAda();
    const input = { currentPassword: password, password: 'another horse' };
    await rejectsWith(accounts.changePassword(visitor, input), 'sign_in_required');
    const ben = await member('ben');
    expect([await accounts.hasPassword(ben), await accounts.hasPassword(visitor)]).toEqual([false, false]);
    await rejectsWith(accounts.changePassword(ben, input), 'invalid_input');
  });
});

describe('a change of the address that an intruder began', () => {
  const theirs = 'thief@example.org';

  async function withPendingChange() {
    const microblog = await withAda();
    await microblog.accounts.changeEmail(microblog.ada, { email: theirs, password });
    return microblog;
  }

  it('ends with a new password by mail', async () => {
    const { accounts, ada, secretFor } = await withPendingChange();
    const link = await secretFor(theirs);
    await accounts.requestPasswordReset({ email });
    await accounts.resetPassword({ token: await secretFor(email), password: 'another horse' });
    await rejectsWith(accounts.confirmEmail(ada, link), 'token_invalid');
  });

  it('ends with a change of the password', async () => {
    const { accounts, ada, secretFor } = await withPendingChange();
    const link = await secretFor(theirs);
    await accounts.changePassword(ada, { currentPassword: password, password: 'another horse' });
    await rejectsWith(accounts.confirmEmail(ada, link), 'token_invalid');
  });

  it('ends with signing out everywhere, before its mail is sent', async () => {
    const { accounts, ada, secretFor, mailer } = await withPendingChange();
    await accounts.signOutEverywhere(ada);
    expect(await secretFor(theirs)).toBe('');
    expect(mailer.sent.filter(({ to }) => to.includes(theirs))).toEqual([]);
  });

  it('ends if the member asks for the current address again', async () => {
    const { accounts, ada, secretFor } = await withPendingChange();
    const link = await secretFor(theirs);
    await accounts.changeEmail(ada, { email, password });
    await rejectsWith(accounts.confirmEmail(ada, link), 'token_invalid');
  });
});

describe('accounts.signOutEverywhere', () => {
  it('ends all sessions of the viewer, and no others', async () => {
    const { accounts, ada, member } = await withAda();
    const ben = await member('ben');
    await accounts.signOutEverywhere(ada);
    expect(await accounts.resumeSession({ userId: ada.id, epoch: ada.sessionEpoch })).toBeNull();
    expect(await accounts.resumeSession({ userId: ben.id, epoch: ben.sessionEpoch })).not.toBeNull();
    await rejectsWith(accounts.signOutEverywhere(visitor), 'sign_in_required');
  });
});
