import { z } from 'zod';
import type { AccountMails } from '../accounts/account-mails.ts';
import type { PasswordCheck } from '../accounts/password-check.ts';
import { parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';
import { retryOnIdClash } from '../kernel/id-clash.ts';
import type { UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import type { Storage } from '../ports/storage.ts';
import { requireUser } from '../users/require-user.ts';
import { type Identity, isOfProvider } from './identity.ts';
import type { BindIdentity } from './identity-binding.ts';
import { type IdentityInput, type UsableIdentity, usableIdentity } from './identity-input.ts';

/** The identities that are bound to the viewer's account. */
export interface IdentityLinks {
  /**
   * Binds an identity to the viewer's account, as another way to sign in, and notifies the confirmed address. Returns
   * false if it was bound already. An account with a password needs it: a stolen session must not add a sign-in.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `identity_taken` if another account has it;
   * `invalid_input` with the field `password` if it is wrong, or with fields of the identity.
   */
  linkIdentity(
    viewer: Viewer,
    input: IdentityInput,
    confirmation?: { readonly password?: string },
  ): Promise<boolean>;
  /** The provider identities of the viewer, the latest first; an empty list for visitors. */
  listIdentities(viewer: Viewer): Promise<Identity[]>;
  /**
   * Removes one of the viewer's identities and notifies the confirmed address. Returns false if the viewer does not
   * have it. Two calls at once can't remove the last two ways to sign in.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `last_sign_in` if no way to sign in would remain.
   */
  unlinkIdentity(
    viewer: Viewer,
    identityId: string,
    options?: {
      /** Whether this host offers sign-in with the issuer. Default: true for every issuer. */
      readonly signInWith?: (issuer: string) => boolean;
    },
  ): Promise<boolean>;
}

export interface IdentityLinksNeeds {
  readonly storage: Storage;
  readonly mails: AccountMails;
  readonly passwords: PasswordCheck;
  readonly bind: BindIdentity;
}

export function identityLinks({ storage, mails, passwords, bind }: IdentityLinksNeeds): IdentityLinks {
  /** Whether `userId` already has the identity. @throws {MicroblogError} `identity_taken` if another account has it. */
  async function isLinked(userId: UserId, { claims }: UsableIdentity): Promise<boolean> {
    const known = await storage.identities.find(claims.issuer, claims.subject);
    if (known === null || known.user.id === userId) return known !== null;
    throw new MicroblogError('identity_taken', 'This identity already belongs to a user.');
  }

  return {
    async linkIdentity(viewer, input, confirmation = {}) {
      const { id } = requireMember(viewer);
      const { password } = parseInput(confirmationSchema, confirmation);
      const identity = usableIdentity(input);
      if (await isLinked(id, identity)) return false;
      const recheck = await passwords.verifyIfAny(id, password, 'password');
      try {
        await retryOnIdClash(() =>
          storage.transaction(async (transaction) => {
            const user = requireUser(await transaction.users.lock(id));
            await recheck(transaction);
            await bind(user, identity, transaction);
          }),
        );
        return true;
      } catch (error) {
        if (!isMicroblogError(error, 'identity_taken')) throw error;
        return !(await isLinked(id, identity));
      }
    },

    async listIdentities(viewer) {
      const member = parseViewer(viewer);
      return member === null ? [] : (await storage.identities.listByUser(member.id)).filter(isOfProvider);
    },

    async unlinkIdentity(viewer, identityId, options = {}) {
      const { id: userId } = requireMember(viewer);
      const { signInWith } = parseInput(unlinkOptionsSchema, options);
      return storage.transaction(async (transaction) => {
        const { users, identities, credentials } = transaction;
        // Locked: of two calls at once, the second one sees that only one identity is left.
        const user = await users.lock(userId);
        const all = (await identities.listByUser(userId)).filter(isOfProvider);
        const unlinked = all.find(({ id }) => id === identityId);
        if (unlinked === undefined) return false;
        const remains = all.some(({ id, issuer }) => id !== identityId && signInWith(issuer));
        if (!remains && (await credentials.find(userId)) === null) {
          throw new MicroblogError(
            'last_sign_in',
            'This is the only way to sign in to the account: set a password first.',
          );
        }
        const { issuer, subject } = unlinked;
        if (user !== null) await mails.notify(user, { notice: 'identity_unlinked', issuer }, transaction);
        return identities.delete(issuer, subject);
      });
    },
  };
}

const confirmationSchema = z.object({ password: z.string().default('') });

const unlinkOptionsSchema = z.object({
  signInWith: z
    .custom<(issuer: string) => boolean>((given) => typeof given === 'function')
    .default(() => () => true),
});
