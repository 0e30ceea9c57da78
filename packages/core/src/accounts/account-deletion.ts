import type { EventRecorder } from '../events/events.ts';
import type { UserId } from '../kernel/ids.ts';
import { invalidInput, parseInput } from '../kernel/input.ts';
import type { Logger } from '../ports/logger.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { findAccount } from '../users/find-account.ts';
import { removeUser } from '../users/remove-user.ts';
import { requireOtherAdmin } from '../users/require-other-admin.ts';
import { accountGone, requireUser } from '../users/require-user.ts';
import type { User } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { type DeletionConfirmation, type DeletionInput, deletionSchema } from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import type { PasswordCheck, RecheckPassword } from './password-check.ts';
import { type Member, requireAdmin, requireMember, type Viewer } from './viewer.ts';

/** Deleting accounts. */
export interface AccountDeletion {
  /**
   * Deletes the viewer's own account for good, with their posts, follows, password, mailed links and identities. Counts
   * of others are updated, posts leave the search index, and the confirmed address is notified. The viewer confirms
   * with the password, or with the nickname if the account has no password. Returns the deleted account.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `user_not_found`; `last_admin`;
   * `invalid_input` with the field `password` or `nickname`.
   */
  delete(viewer: Viewer, confirmation: DeletionInput): Promise<MemberAccount>;
  /**
   * Deletes any account in the same way. For administrators; logged. Returns the deleted account.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`; `last_admin`.
   */
  remove(viewer: Viewer, nickname: string): Promise<MemberAccount>;
}

export interface AccountDeletionNeeds {
  readonly storage: Storage;
  readonly logger: Logger;
  readonly events: EventRecorder;
  readonly mails: AccountMails;
  readonly passwords: PasswordCheck;
  readonly present: UserPresenter;
}

export function accountDeletion(needs: AccountDeletionNeeds): AccountDeletion {
  const { storage, logger, events, mails, passwords, present } = needs;

  async function confirm(user: User, { password, nickname }: DeletionConfirmation): Promise<RecheckPassword> {
    const recheck = await passwords.verifyIfAny(user.id, password, 'password');
    const isNamed = nickname.toLowerCase() === user.nickname.toLowerCase();
    if (!isNamed && (await storage.credentials.find(user.id)) === null) {
      throw invalidInput([{ field: 'nickname', problem: 'wrong_nickname', params: {} }]);
    }
    return recheck;
  }

  async function remove(viewer: Member, id: UserId, recheck?: RecheckPassword): Promise<User> {
    return storage.transaction(async (transaction) => {
      const user = requireUser(await transaction.users.find(id));
      await requireOtherAdmin(transaction, viewer, user);
      // No lock here: `users.delete` takes it itself, after earlier deletions.
      await recheck?.(transaction);
      if (!(await removeUser(events, transaction, user, viewer.id))) throw accountGone();
      await mails.notifyDeletion(user, transaction);
      return user;
    });
  }

  return {
    async delete(viewer, confirmation) {
      const member = requireMember(viewer);
      const input = parseInput(deletionSchema, confirmation);
      const user = requireUser(await storage.users.find(member.id));
      const removed = await remove(member, user.id, await confirm(user, input));
      logger.info({ userId: user.id }, 'account deleted by its owner');
      return present.account(removed);
    },

    async remove(viewer, nickname) {
      const admin = requireAdmin(viewer);
      const { id } = await findAccount(storage, nickname);
      const removed = await remove(admin, id);
      logger.info({ userId: id, adminId: admin.id }, 'account deleted by an administrator');
      return present.account(removed);
    },
  };
}
