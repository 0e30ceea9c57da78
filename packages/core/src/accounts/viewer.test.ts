import { describe, expect, it } from 'vitest';
import type { UserId } from '../kernel/ids.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import type { Role } from '../users/role.ts';
import { isAdmin, isModerator, type Member, operator, requireMember, visitor } from './viewer.ts';

const member = (role: Role, suspendedAt: Date | null = null): Member => ({
  id: '1' as UserId,
  role,
  suspendedAt,
});
const suspended = (role: Role) => member(role, new Date());

describe('requireMember', () => {
  it('returns a member', () => {
    const john = member('member');
    expect(requireMember(john)).toBe(john);
  });

  it('asks a visitor to sign in', () => {
    rejectedWith('sign_in_required', () => requireMember(visitor));
  });

  it.each(['member', 'moderator', 'admin'] as const)('refuses a suspended %s', (role) => {
    rejectedWith('account_suspended', () => requireMember(suspended(role)));
  });
});

describe('isModerator', () => {
  it('is true for moderators and administrators', () => {
    expect([member('moderator'), member('admin'), operator].every(isModerator)).toBe(true);
  });

  it('is false for members, visitors and the suspended', () => {
    expect([member('member'), visitor, suspended('moderator'), suspended('admin')].some(isModerator)).toBe(
      false,
    );
  });
});

describe('isAdmin', () => {
  it('is true for administrators and the operator', () => {
    expect([member('admin'), operator].every(isAdmin)).toBe(true);
  });

  it('is false for all others, and for a suspended administrator', () => {
    expect([member('member'), member('moderator'), visitor, suspended('admin')].some(isAdmin)).toBe(false);
  });
});
