import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Role } from '../users/user.ts';

/** Somebody signed in, as far as rules need to know them. Every `User` is one. */
export interface Member {
  readonly id: UserId;
  readonly role: Role;
  readonly suspendedAt: Date | null;
}

/** Who asks: a member, or null for a visitor who is not signed in. The first argument of every operation. */
export type Viewer = Member | null;

/** Nobody in particular: a visitor who is not signed in. */
export const visitor: Viewer = null;

/** Who runs an admin job: may do what an administrator may, and is nobody's account. */
export const operator: Member = Object.freeze({ id: '0' as UserId, role: 'admin', suspendedAt: null });

/** Whether it is who runs an admin job, rather than an administrator with an account. */
export function isOperator({ id }: Member): boolean {
  return id === operator.id;
}

/**
 * The viewer as a member who may write.
 * @throws {MicroblogError} `sign_in_required` for a visitor, `account_suspended` for a suspended member.
 */
export function requireMember(viewer: Viewer): Member {
  if (viewer === null) throw new MicroblogError('sign_in_required', 'This needs a signed-in member.');
  if (viewer.suspendedAt !== null) {
    throw new MicroblogError('account_suspended', `The account ${viewer.id} is suspended.`);
  }
  return viewer;
}

/**
 * The viewer as an administrator.
 * @throws {MicroblogError} as `requireMember`, and `forbidden` for all other members.
 */
export function requireAdmin(viewer: Viewer): Member {
  const member = requireMember(viewer);
  if (member.role !== 'admin') {
    throw new MicroblogError('forbidden', `Member ${member.id} is no administrator.`);
  }
  return member;
}

/** Whether the viewer looks after the place: moderators and administrators. */
export function isModerator(viewer: Viewer): boolean {
  return viewer !== null && viewer.suspendedAt === null && viewer.role !== 'member';
}

/** Whether the viewer runs the place. */
export function isAdmin(viewer: Viewer): boolean {
  return viewer !== null && viewer.suspendedAt === null && viewer.role === 'admin';
}
