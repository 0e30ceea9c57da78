import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { Role } from '../users/role.ts';
import { operator, visitor } from './viewer.ts';

const password = 'correct horse';

async function withAda() {
  const microblog = testMicroblog();
  const ada = await microblog.accounts.register(visitor, {
    nickname: 'ada',
    email: 'ada@example.org',
    password,
  });
  return { ...microblog, ada };
}

describe('administration by e-mail address', () => {
  it('finds, suspends and deletes the account, in any spelling', async () => {
    const { accounts, ada } = await withAda();
    for (const name of ['ada@example.org', ' ADA@Example.ORG ', '@ada', 'ada'])
      expect((await accounts.show(operator, name)).id).toBe(ada.id);
    expect((await accounts.suspend(operator, 'ada@example.org')).suspendedAt).not.toBeNull();
    await accounts.setPassword(operator, { nickname: 'ada@example.org', password });
    expect((await accounts.remove(operator, 'ada@example.org')).id).toBe(ada.id);
    await rejectsWith(accounts.show(operator, 'ada@example.org'), 'user_not_found');
  });

  it('is for administrators alone: a profile has no address', async () => {
    const { accounts, users, member, ada } = await withAda();
    await rejectsWith(users.show(visitor, 'ada@example.org'), 'user_not_found');
    await rejectsWith(accounts.show(await member('ben'), 'ada@example.org'), 'forbidden');
    expect((await users.show(visitor, 'ada')).id).toBe(ada.id);
  });
});

describe('accounts.suspend', () => {
  it('refuses sign-in until the suspension ends, and ends earlier sessions for good', async () => {
    const { accounts, ada } = await withAda();
    const session = { userId: ada.id, epoch: ada.sessionEpoch };
    expect((await accounts.suspend(operator, 'ADA')).suspendedAt).not.toBeNull();
    await rejectsWith(accounts.signIn({ login: 'ada', password }), 'account_suspended');
    expect(await accounts.resumeSession(session)).toBeNull();
    expect((await accounts.unsuspend(operator, 'ada')).suspendedAt).toBeNull();
    expect(await accounts.signIn({ login: 'ada', password })).toMatchObject({ id: ada.id });
    expect(await accounts.resumeSession(session)).toBeNull();
  });

  it('changes nothing the second time', async () => {
    const { accounts, clock, logged } = await withAda();
    const first = await accounts.suspend(operator, 'ada');
    clock.advance(1000);
    const entries = logged.length;
    expect(await accounts.suspend(operator, 'ada')).toEqual(first);
    expect(logged).toHaveLength(entries);
  });
});

describe('accounts.setRole', () => {
  it('makes a member an administrator, and a member again', async () => {
    const { accounts, ada } = await withAda();
    expect(await accounts.setRole(operator, 'ada', 'admin')).toMatchObject({ id: ada.id, role: 'admin' });
    expect(await accounts.setRole(operator, 'ada', 'member')).toMatchObject({ role: 'member' });
  });

  it('refuses an unknown role', async () => {
    const { accounts } = await withAda();
    await rejectsWith(accounts.setRole(operator, 'ada', 'king' as Role), 'invalid_input');
  });

  it('keeps the last administrator, except for the operator', async () => {
    const { accounts, member } = testMicroblog();
    const ada = await member('ada', { role: 'admin' });
    await rejectsWith(accounts.setRole(ada, 'ada', 'member'), 'last_admin');
    await rejectsWith(accounts.suspend(ada, 'ada'), 'last_admin');
    await accounts.setRole(operator, 'ada', 'member');
  });
});

describe('accounts.setPassword', () => {
  it('sets the password, and ends all sessions', async () => {
    const { accounts, ada } = await withAda();
    await accounts.setPassword(operator, { nickname: 'ada', password: 'another horse' });
    await rejectsWith(accounts.signIn({ login: 'ada', password }), 'sign_in_failed');
    await accounts.signIn({ login: 'ada', password: 'another horse' });
    expect(await accounts.resumeSession({ userId: ada.id, epoch: ada.sessionEpoch })).toBeNull();
  });

  it('sets the first password of an account', async () => {
    const { accounts, member } = testMicroblog();
    const ben = await member('ben');
    await accounts.setPassword(operator, { nickname: 'ben', password });
    expect(await accounts.hasPassword(ben)).toBe(true);
  });

  it('refuses a short password', async () => {
    const { accounts } = await withAda();
    await rejectsWith(
      accounts.setPassword(operator, { nickname: 'ada', password: 'short' }),
      'invalid_input',
    );
  });
});

describe('actions of administrators', () => {
  it('are refused to all other viewers', async () => {
    const { accounts, member } = await withAda();
    for (const [viewer, code] of [
      [visitor, 'sign_in_required'],
      [await member('ben', { role: 'moderator' }), 'forbidden'],
    ] as const) {
      await rejectsWith(accounts.suspend(viewer, 'ada'), code);
      await rejectsWith(accounts.unsuspend(viewer, 'ada'), code);
      await rejectsWith(accounts.setRole(viewer, 'ada', 'admin'), code);
      await rejectsWith(accounts.setPassword(viewer, { nickname: 'ada', password }), code);
    }
  });
});
