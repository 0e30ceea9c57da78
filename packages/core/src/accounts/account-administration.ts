import { MicroblogError } from '../kernel/errors.ts';
import { parseInput } from '../kernel/input.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { findUser } from '../users/find-user.ts';
import { requireOtherAdmin } from '../users/require-other-admin.ts';
import type { Role, User, UserChanges } from '../users/user.ts';
import { roleSchema } from './account-input.ts';
import { requireAdmin, type Viewer } from './viewer.ts';

/** What administrators decide about accounts. All of it is logged; repeating it changes nothing. */
export interface AccountAdministration {
  /**
   * Keeps somebody out: their sessions end, also for later, and they can't sign in. Posts stay.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`; `last_admin`.
   */
  suspend(viewer: Viewer, nickname: string): Promise<User>;
  /**
   * Lets them in again.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`.
   */
  unsuspend(viewer: Viewer, nickname: string): Promise<User>;
  /**
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`; `last_admin`;
   * `invalid_input` with the field `role`.
   */
  setRole(viewer: Viewer, nickname: string, role: Role): Promise<User>;
}

export interface AccountAdministrationNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function accountAdministration(needs: AccountAdministrationNeeds): AccountAdministration {
  const { storage, clock, logger } = needs;

  /** `changesOf` sees the user as they are until the transaction ends; null where nothing is to be done. */
  async function change(
    viewer: Viewer,
    nickname: string,
    changesOf: (user: User, transaction: Transaction) => Promise<UserChanges | null>,
    message: string,
    { mayEndAdmin = false } = {},
  ): Promise<User> {
    const admin = requireAdmin(viewer);
    const { id } = await findUser(storage, nickname);
    const [user, isNew] = await storage.transaction(async (transaction) => {
      // Before any row, as deletions do, or the two could wait for each other.
      if (mayEndAdmin) await transaction.users.hasAdminBeside(id);
      const before = await transaction.users.lock(id);
      const changes = before === null ? null : await changesOf(before, transaction);
      const after = changes === null ? before : await transaction.users.update(id, changes);
      return [after, changes !== null] as const;
    });
    if (user === null) throw new MicroblogError('user_not_found', 'The account is gone.');
    if (isNew) logger.info({ userId: id, adminId: admin.id, role: user.role }, message);
    return user;
  }

  return {
    suspend: (viewer, nickname) =>
      change(
        viewer,
        nickname,
        async (user, transaction) => {
          if (user.suspendedAt !== null) return null;
          await requireOtherAdmin(transaction, requireAdmin(viewer), user);
          // A new epoch: sessions from before do not come back when the suspension ends.
          return { suspendedAt: clock.now(), sessionEpoch: user.sessionEpoch + 1 };
        },
        'account suspended',
        { mayEndAdmin: true },
      ),

    unsuspend: (viewer, nickname) =>
      change(
        viewer,
        nickname,
        async (user) => (user.suspendedAt === null ? null : { suspendedAt: null }),
        'account no longer suspended',
      ),

    async setRole(viewer, nickname, given) {
      const admin = requireAdmin(viewer);
      const { role } = parseInput(roleSchema, { role: given });
      return change(
        viewer,
        nickname,
        async (user, transaction) => {
          if (user.role === role) return null;
          await requireOtherAdmin(transaction, admin, user);
          return { role };
        },
        'role changed',
        { mayEndAdmin: true },
      );
    },
  };
}
