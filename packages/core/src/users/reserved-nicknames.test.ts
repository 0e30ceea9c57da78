import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { reservedNicknames } from './reserved-nicknames.ts';

const form = (nickname: string) => ({ nickname, email: 'a@example.org', password: 'correct horse' });
const reserved = { fields: [{ field: 'nickname', problem: 'nickname_reserved', params: {} }] };
const identity = { issuer: 'https://id.example', subject: '1', email: 'a@example.org', emailVerified: true };

describe('a reserved nickname', () => {
  it.each(['admin', 'Admin', 'ad.min', '_admin_', 'support', 'root', 'login', 'settings', 'help.desk'])(
    'is %s',
    (nickname) => expect(reservedNicknames()(nickname)).toBe(true),
  );

  it.each(['ada', 'admin2', 'administrate', 'supporter', '_', '.a'])('is not %s', (nickname) =>
    expect(reservedNicknames()(nickname)).toBe(false),
  );

  it('is refused to a visitor who registers', async () => {
    const { accounts } = testMicroblog();
    const { details } = await rejectsWith(accounts.register(visitor, form('Admin')), 'invalid_input');
    expect(details).toEqual(reserved);
  });

  it('can be given by an administrator', async () => {
    const { accounts } = testMicroblog();
    expect((await accounts.register(operator, form('admin'))).nickname).toBe('admin');
  });

  it('is refused as a new name of a member, and not of an administrator', async () => {
    const { users, member } = testMicroblog();
    const input = { nickname: 'support', aboutMe: '' };
    const { details } = await rejectsWith(users.editProfile(await member('ada'), input), 'invalid_input');
    expect(details).toEqual(reserved);
    const admin = await member('ben', { role: 'admin' });
    expect((await users.editProfile(admin, input)).nickname).toBe('support');
  });

  it('stays with the account that has it, in any case', async () => {
    const { users, member } = testMicroblog();
    const root = await member('root');
    expect((await users.editProfile(root, { nickname: 'Root', aboutMe: 'here' })).nickname).toBe('Root');
  });

  it('gets a number if a sign-in provider states it', async () => {
    const { accounts } = testMicroblog();
    const { user } = await accounts.signInWithIdentity({ ...identity, nickname: 'support' });
    expect(user.nickname).toBe('support2');
  });

  it('may be what the host application says', async () => {
    const { users } = testMicroblog();
    const { user } = await users.provision(operator, { externalId: '1', nickname: 'admin' });
    expect(user.nickname).toBe('admin');
  });

  it('is one of the given list, in place of the usual ones', async () => {
    const { accounts } = testMicroblog({ reservedNicknames: ['brand'] });
    await rejectsWith(accounts.register(visitor, form('Brand')), 'invalid_input');
    expect((await accounts.register(visitor, form('admin'))).nickname).toBe('admin');
  });
});
