import { isOperator, type Member } from '../accounts/viewer.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { Transaction } from '../ports/storage.ts';
import type { User } from './user.ts';

/**
 * Checks that another administrator remains before this one loses the role or the account. The operator is exempt: the
 * command line can make another administrator. Call it first in the transaction, or right after
 * `users.hasAdminBeside`, because it waits for locks of other transactions.
 * @throws {MicroblogError} `last_admin`.
 */
export async function requireOtherAdmin(
  { users }: Transaction,
  viewer: Member,
  { id, role, suspendedAt }: User,
): Promise<void> {
  if (role !== 'admin' || suspendedAt !== null) return;
  if ((await users.hasAdminBeside(id)) || isOperator(viewer)) return;
  throw new MicroblogError(
    'last_admin',
    'This is the last administrator: make another member an administrator first.',
    {
      details: { id },
    },
  );
}
