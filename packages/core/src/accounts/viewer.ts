import { MicroblogError } from '../kernel/errors.ts';
import { isId, type UserId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/input.ts';
import { requireActive } from '../users/require-user.ts';
import { type Role, roles } from '../users/role.ts';

/** A signed-in member, with the fields that rules need. Every `MemberAccount` is one. */
export interface Member {
  readonly id: UserId;
  readonly role: Role;
  readonly suspendedAt: Date | null;
}

/** The caller: a member, or null for a visitor who is not signed in. The first argument of every operation. */
export type Viewer = Member | null;

/** A visitor who is not signed in. */
export const visitor: Viewer = null;

/** The caller for scripts: administrator rights, no account. */
export const operator: Member = Object.freeze({ id: '0' as UserId, role: 'admin', suspendedAt: null });

/** Whether the member is `operator`, not an administrator with an account. */
export function isOperator({ id }: Member): boolean {
  return id === operator.id;
}

/**
 * Checks the viewer that a caller passed, because rights depend on it. Undefined is a visitor.
 * @throws {MicroblogError} `invalid_input` with the field `viewer` for anything but a member or a visitor.
 */
export function parseViewer(viewer: unknown): Viewer {
  if (viewer === null || viewer === undefined) return null;
  if (isMember(viewer)) return viewer;
  throw invalidInput([{ field: 'viewer', problem: 'wrong_type', params: {} }]);
}

function isMember(viewer: unknown): viewer is Member {
  if (typeof viewer !== 'object' || viewer === null) return false;
  const { id, role, suspendedAt } = viewer as Partial<Record<keyof Member, unknown>>;
  const isKnownRole = roles.some((known) => known === role);
  const isKnownState = suspendedAt === null || suspendedAt instanceof Date;
  return (isId(id) || id === operator.id) && isKnownRole && isKnownState;
}

/**
 * The viewer as a member who may write.
 * @throws {MicroblogError} `sign_in_required` for a visitor, `account_suspended` for a suspended member,
 * `invalid_input` as `parseViewer`.
 */
export function requireMember(viewer: Viewer): Member {
  const member = parseViewer(viewer);
  if (member === null) throw new MicroblogError('sign_in_required', 'This needs a signed-in member.');
  requireActive(member);
  return member;
}

/**
 * The viewer as an administrator.
 * @throws {MicroblogError} as `requireMember`, and `forbidden` for all other members.
 */
export function requireAdmin(viewer: Viewer): Member {
  const member = requireMember(viewer);
  if (member.role !== 'admin') {
    throw new MicroblogError('forbidden', `Member ${member.id} is not an administrator.`);
  }
  return member;
}

/** Whether the viewer is a moderator or an administrator, and not suspended. */
export function isModerator(viewer: Viewer): boolean {
  return viewer !== null && viewer.suspendedAt === null && viewer.role !== 'member';
}

/** Whether the viewer is an administrator, and not suspended. */
export function isAdmin(viewer: Viewer): boolean {
  return viewer !== null && viewer.suspendedAt === null && viewer.role === 'admin';
}
