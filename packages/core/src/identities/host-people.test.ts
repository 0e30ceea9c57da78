import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

describe('people of the host application', () => {
  it('are found by their external id, and their external id by the account', async () => {
    const { users } = testMicroblog();
    const { user } = await users.provision(operator, { externalId: 7, nickname: 'ada' });
    expect(await users.findProvisioned(operator, 7)).toMatchObject({ id: user.id, nickname: 'ada' });
    expect(await users.findProvisioned(operator, '7')).toMatchObject({ id: user.id });
    expect(await users.externalIdOf(operator, user.id)).toBe('7');
  });

  it('are not found without an account, and no account is created', async () => {
    const { users } = testMicroblog();
    expect(await users.findProvisioned(operator, 'unknown')).toBeNull();
    expect((await users.list(operator)).items).toEqual([]);
    expect(await users.externalIdOf(operator, 'x')).toBeNull();
    expect(await users.externalIdOf(operator, '12345')).toBeNull();
  });

  it('are distinguished from members who registered here', async () => {
    const { users, member } = testMicroblog();
    expect(await users.externalIdOf(operator, (await member('eve')).id)).toBeNull();
  });

  it('are visible only to administrators', async () => {
    const { users, member } = testMicroblog();
    const eve = await member('eve');
    for (const [viewer, code] of [
      [visitor, 'sign_in_required'],
      [eve, 'forbidden'],
    ] as const) {
      await rejectsWith(users.findProvisioned(viewer, 7), code);
      await rejectsWith(users.externalIdOf(viewer, eve.id), code);
    }
  });
});
