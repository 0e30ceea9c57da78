import { MicroblogError } from '../errors.ts';
import { parseInput } from '../input.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storage } from '../ports/storage.ts';
import type { User } from '../users/user.ts';
import { requireMember, type Viewer } from '../viewer.ts';
import { type EmailChangeInput, emailChangeSchema } from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import { hashOfSecret } from './account-token.ts';
import { tokenInvalid, type VerifyPassword } from './password-service.ts';

/** Changing an e-mail address, and confirming it. */
export interface EmailService {
  /**
   * Mails a link to the viewer's address that confirms it. Nothing happens where it is confirmed, or there is none.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `mail_off`.
   */
  requestEmailConfirmation(viewer: Viewer): Promise<void>;
  /**
   * Changes the viewer's address. Where mail can be sent, a link goes to the new address, which takes the
   * place of the old one when it is followed: `pending` is true then. Otherwise it changes at once,
   * unconfirmed. An account without a password needs none.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `email_taken`; `invalid_input` with the
   * fields `email` and `password` (also where it is wrong).
   */
  changeEmail(
    viewer: Viewer,
    input: EmailChangeInput,
  ): Promise<{ readonly user: User; readonly pending: boolean }>;
  /**
   * Makes the address that a link went to the confirmed one of its account, once. The earlier address is
   * told, and all sessions stay. An address that takes the place of another needs its owner signed in.
   * @throws {MicroblogError} `token_invalid`, `account_suspended`, `email_taken`, `sign_in_required`.
   */
  confirmEmail(viewer: Viewer, token: string): Promise<User>;
}

export interface EmailServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly mails: AccountMails;
  readonly verifyPassword: VerifyPassword;
}

export function emailService({ storage, clock, mails, verifyPassword }: EmailServiceNeeds): EmailService {
  async function self(viewer: Viewer): Promise<User> {
    const user = await storage.users.find(requireMember(viewer).id);
    if (user === null) throw new MicroblogError('user_not_found', 'The account is gone.');
    return user;
  }

  return {
    async requestEmailConfirmation(viewer) {
      const user = await self(viewer);
      if (!mails.enabled) throw new MicroblogError('mail_off', 'No mail can be sent: set a mailer.');
      if (user.email === null || user.emailVerifiedAt !== null) return;
      await mails.requestConfirmation(user, user.email);
    },

    async changeEmail(viewer, input) {
      const user = await self(viewer);
      const { email, password } = parseInput(emailChangeSchema, input);
      const credential = await storage.credentials.find(user.id);
      if (credential !== null) await verifyPassword(user.id, password, 'password');
      if (email.toLowerCase() === user.email?.toLowerCase()) {
        const same = await storage.users.update(user.id, { email });
        // Who asks for their own address takes an earlier change back.
        await storage.accountTokens.deleteByUser(user.id, 'confirm_email');
        return { user: same ?? user, pending: false };
      }
      const other = await storage.users.findByEmail(email);
      if (other !== null) throw emailTaken();
      if (mails.enabled) {
        await mails.requestConfirmation(user, email);
        return { user, pending: true };
      }
      const changed = await storage.users.update(user.id, { email, emailVerifiedAt: null });
      return { user: changed ?? user, pending: false };
    },

    async confirmEmail(viewer, token) {
      const hash = await hashOfSecret(token);
      if (hash === null) throw tokenInvalid();
      return storage.transaction(async (transaction) => {
        const taken = await transaction.accountTokens.take(hash, 'confirm_email');
        if (taken === null || taken.expiresAt <= clock.now()) throw tokenInvalid();
        const before = await transaction.users.find(taken.userId);
        if (before === null) throw tokenInvalid();
        if (before.suspendedAt !== null) {
          throw new MicroblogError('account_suspended', `The account ${before.id} is suspended.`);
        }
        const isChange = before.email !== null && before.email.toLowerCase() !== taken.email.toLowerCase();
        // An address may have been mistyped: whoever reads its mail must not get the account with it.
        if (isChange && viewer?.id !== before.id) {
          throw new MicroblogError('sign_in_required', 'Only its owner changes the address of an account.');
        }
        const user = await transaction.users.update(before.id, {
          email: taken.email,
          emailVerifiedAt: clock.now(),
        });
        await transaction.accountTokens.deleteByUser(before.id, 'confirm_email');
        if (isChange) {
          // Links that went to the old address must not open the account any more.
          await transaction.accountTokens.deleteByUser(before.id, 'reset_password');
          if (mails.enabled && before.email !== null) {
            await mails.notify(before.id, before.email, 'email_changed', transaction);
          }
        }
        return user ?? before;
      });
    },
  };
}

function emailTaken(): MicroblogError<'email_taken'> {
  return new MicroblogError('email_taken', 'The email is in use.', {
    details: { fields: [{ field: 'email', problem: 'taken', params: {} }] },
  });
}
