import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { findUser } from './find-user.ts';

describe('findUser', () => {
  it('finds a person by nickname in any case', async () => {
    const { storage, member } = testMicroblog();
    const john = await member('john');
    expect((await findUser(storage, 'JOHN')).id).toBe(john.id);
  });

  it.each(['john\0', '\ud800', 'john\n\u0007'])(
    'asks no storage for %j, which none can hold',
    async (nickname) => {
      const { storage } = testMicroblog();
      const users = { ...storage.users, findByNickname: () => expect.fail('the storage was asked') };
      await rejectsWith(findUser({ users }, nickname), 'user_not_found');
    },
  );
});
