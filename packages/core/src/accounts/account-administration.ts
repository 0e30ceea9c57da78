import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { mapPageAsync, type Page, type PageInput, parsePageInput } from '../kernel/page.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { findAccount } from '../users/find-account.ts';
import { requireOtherAdmin } from '../users/require-other-admin.ts';
import { requireUser } from '../users/require-user.ts';
import type { Role } from '../users/role.ts';
import type { User, UserChanges } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { roleSchema } from './account-input.ts';
import { requireAdmin, type Viewer } from './viewer.ts';

/** What administrators see of accounts and change in them. Changes are logged; a repeated call changes nothing. */
export interface AccountAdministration {
  /**
   * One account, by nickname or e-mail address in any case. So are the accounts of the methods below.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`.
   */
  show(viewer: Viewer, nickname: string): Promise<MemberAccount>;
  /**
   * One account by id. Null for an unknown or malformed id.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`.
   */
  find(viewer: Viewer, id: string): Promise<MemberAccount | null>;
  /**
   * All accounts, the newest first.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `invalid_cursor`, `invalid_input`.
   */
  list(viewer: Viewer, page?: PageInput): Promise<Page<MemberAccount>>;
  /**
   * Suspends an account: its sessions end for good, and its owner can't sign in. Posts are not deleted.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`; `last_admin`.
   */
  suspend(viewer: Viewer, nickname: string): Promise<MemberAccount>;
  /**
   * Ends a suspension. Earlier sessions stay ended.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`.
   */
  unsuspend(viewer: Viewer, nickname: string): Promise<MemberAccount>;
  /**
   * Changes the role of an account.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`; `last_admin`;
   * `invalid_input` with the field `role`.
   */
  setRole(viewer: Viewer, nickname: string, role: Role): Promise<MemberAccount>;
}

export interface AccountAdministrationNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly present: UserPresenter;
}

export function accountAdministration(
  needs: AccountAdministrationNeeds,
  options: { readonly usersPerPage: number },
): AccountAdministration {
  const { storage, clock, logger, present } = needs;

  /** `changesOf` gets the locked user and returns null if nothing has to change. */
  async function change(
    viewer: Viewer,
    nickname: string,
    changesOf: (user: User, transaction: Transaction) => Promise<UserChanges | null>,
    message: string,
    { mayEndAdmin = false } = {},
  ): Promise<MemberAccount> {
    const admin = requireAdmin(viewer);
    const { id } = await findAccount(storage, nickname);
    const [result, isChanged] = await storage.transaction(async (transaction) => {
      // Before it locks any row, as deletions do: another order could deadlock.
      if (mayEndAdmin) await transaction.users.hasAdminBeside(id);
      const before = await transaction.users.lock(id);
      const changes = before === null ? null : await changesOf(before, transaction);
      const after = changes === null ? before : await transaction.users.update(id, changes);
      return [after, changes !== null] as const;
    });
    const user = requireUser(result);
    if (isChanged) logger.info({ userId: id, adminId: admin.id, role: user.role }, message);
    return present.account(user);
  }

  return {
    async show(viewer, nickname) {
      requireAdmin(viewer);
      return present.account(await findAccount(storage, nickname));
    },

    async find(viewer, id) {
      requireAdmin(viewer);
      const userId = parseId<UserId>(id);
      const user = userId === null ? null : await storage.users.find(userId);
      return user === null ? null : present.account(user);
    },

    async list(viewer, page) {
      requireAdmin(viewer);
      const users = await storage.users.list(parsePageInput(page, options.usersPerPage));
      return mapPageAsync(users, present.account);
    },

    suspend: (viewer, nickname) =>
      change(
        viewer,
        nickname,
        async (user, transaction) => {
          if (user.suspendedAt !== null) return null;
          await requireOtherAdmin(transaction, requireAdmin(viewer), user);
          // A new epoch: earlier sessions stay invalid after the suspension.
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
