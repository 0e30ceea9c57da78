import { isOperator, type Member } from '../accounts/viewer.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { Transaction } from '../ports/storage.ts';
import type { User } from './user.ts';

/**
 * Before an administrator goes: somebody must be left who runs the place. Who has the command line
 * (`operator`) may do without, as they can make another. First in its transaction, or after `users.hasAdminBeside`, since it waits for others.
 * @throws {MicroblogError} `last_admin`.
 */
export async function requireOtherAdmin(
  { users }: Transaction,
  viewer: Member,
  { id, role, suspendedAt }: User,
): Promise<void> {
  if (role !== 'admin' || suspendedAt !== null) return;
  if ((await users.hasAdminBeside(id)) || isOperator(viewer)) return;
  throw new MicroblogError('last_admin', 'This is the last administrator: make somebody else one first.', {
    details: { id },
  });
}
