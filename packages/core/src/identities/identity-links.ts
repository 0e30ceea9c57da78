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

/** What of identities is bound to the account of who is signed in. */
export interface IdentityLinks {
  /**
   * Binds an identity to the viewer, as another way to sign in, and tells their confirmed address. Says whether it
   * was not bound before. An account that has a password needs it: a session alone opens no second door.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `identity_taken` where it is another's;
   * `invalid_input` with the field `password`, where it is wrong, or with those of the identity.
   */
  linkIdentity(
    viewer: Viewer,
    input: IdentityInput,
    confirmation?: { readonly password?: string },
  ): Promise<boolean>;
  /** With what the viewer can sign in beside a password, the latest first; none for visitors. */
  listIdentities(viewer: Viewer): Promise<Identity[]>;
  /**
   * Takes one of the viewer's identities away, and tells their confirmed address. Says whether it was theirs. Of two at once, the last way in stays.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `last_sign_in` where nobody could sign in to
   * the account afterwards.
   */
  unlinkIdentity(
    viewer: Viewer,
    identityId: string,
    options?: {
      /** With whose identities one can sign in now. Default: with everybody's. */
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
  /** Whether it is `userId`'s already. @throws {MicroblogError} `identity_taken` where it is another's. */
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
        // Locked: of two ways in that are taken away at once, the second is seen to be the last.
        const user = await users.lock(userId);
        const all = (await identities.listByUser(userId)).filter(isOfProvider);
        const unlinked = all.find(({ id }) => id === identityId);
        if (unlinked === undefined) return false;
        const remains = all.some(({ id, issuer }) => id !== identityId && signInWith(issuer));
        if (!remains && (await credentials.find(userId)) === null) {
          throw new MicroblogError(
            'last_sign_in',
            'It is the only way to sign in to the account: set a password first.',
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
