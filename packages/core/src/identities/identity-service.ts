import type { AccountMails } from '../accounts/account-mails.ts';
import type { PasswordCheck } from '../accounts/password-check.ts';
import type { EventRecorder } from '../events/events.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { isSameAddress } from '../users/email.ts';
import { type FreeNicknameOptions, freeNicknames } from '../users/free-nicknames.ts';
import { requireActive } from '../users/require-user.ts';
import type { IsReserved } from '../users/reserved-nicknames.ts';
import { freshUser, type User } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import type { IdentityWithUser } from './identity.ts';
import { identityBinding } from './identity-binding.ts';
import { changedClaims, changesOf, hasChangedClaims } from './identity-changes.ts';
import { type IdentityInput, type UsableIdentity, usableIdentity } from './identity-input.ts';
import { type IdentityLinks, identityLinks } from './identity-links.ts';
import { insertNewcomers, newcomerFrom } from './newcomers.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** The result of a sign-in with an identity. */
export interface IdentitySignIn {
  readonly user: MemberAccount;
  /** `joined`: the identity was bound to an existing account; `registered`: the account is new. */
  readonly outcome: 'signed_in' | 'joined' | 'registered';
}

/** Sign-in with identities of providers, and binding them to accounts. */
export interface IdentityService extends IdentityLinks {
  /**
   * The account of a person whom a sign-in provider has just authenticated. Issuer and subject identify the person,
   * whatever else changes. A new identity joins the account with the same address if both sides have verified that
   * address. If no account has the address, it creates an account. The nickname comes from `nickname`,
   * `preferredUsername` or the address, made valid, and numbered if it is taken or reserved. Concurrent calls for one person
   * create one account.
   * @throws {MicroblogError} `link_required` if an account has the address but one side has not verified it: sign in
   * to that account in another way and call `linkIdentity`; `identity_without_email`, `registration_closed`,
   * `account_suspended`; `invalid_input` with the fields of the identity.
   */
  signInWithIdentity(input: IdentityInput): Promise<IdentitySignIn>;
}

export interface IdentityServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
  readonly mails: AccountMails;
  readonly passwords: PasswordCheck;
  readonly present: UserPresenter;
}

// Why: docs/decisions/0020-sign-in-with-a-provider.md
export function identityService(
  needs: IdentityServiceNeeds,
  options: { readonly registration: 'open' | 'closed'; readonly isReserved: IsReserved },
): IdentityService {
  const { storage, clock, ids, events, mails, present } = needs;
  const bind = identityBinding(needs);

  /** Stores changed claims. The account's nickname and address stay as they are. */
  async function updateKnown(known: IdentityWithUser, identity: UsableIdentity): Promise<User | null> {
    requireActive(known.user);
    const { issuer, subject } = identity.claims;
    if (!hasChangedClaims(known, identity)) return known.user;
    return storage.transaction(async ({ users, identities }) => {
      const user = await users.lock(known.user.id);
      if (user === null) return null;
      // Unbound meanwhile: no sign-in.
      if ((await identities.update(issuer, subject, changedClaims(known.identity, identity.claims))) === null)
        return null;
      return users.update(user.id, changesOf(known.identity, user, identity, clock.now()));
    });
  }

  function join(ownerId: UserId, identity: UsableIdentity): Promise<User | null> {
    return storage.transaction(async (transaction) => {
      // Locked: the address must still belong to the account, verified, when the identity is bound.
      const owner = await transaction.users.lock(ownerId);
      if (owner === null || !isSameAddress(owner.email, identity.claims.email)) return null;
      if (!identity.emailVerified || owner.emailVerifiedAt === null) {
        throw new MicroblogError(
          'link_required',
          'An account has this address: sign in to that account, then link the identity.',
        );
      }
      requireActive(owner);
      return bind(owner, identity, transaction);
    });
  }

  async function register(
    { claims, emailVerified, wantedNickname }: UsableIdentity,
    email: string,
    nicknames: FreeNicknameOptions,
  ): Promise<User | null> {
    const [nickname = wantedNickname] = await freeNicknames(storage.users, [wantedNickname], {
      ...nicknames,
      isReserved: options.isReserved,
    });
    const createdAt = clock.now();
    const newcomer = newcomerFrom(claims, { id: ids.next<UserId>(), nickname, email, createdAt });
    const { user } = newcomer;
    return storage.transaction(async (transaction) => {
      await insertNewcomers({ ids, events }, [newcomer], transaction);
      if (!emailVerified && mails.enabled)
        await mails.requestConfirmation(freshUser(user), email, transaction);
      return transaction.users.update(user.id, { emailVerifiedAt: emailVerified ? createdAt : null });
    });
  }

  const toSignIn = async (
    outcome: IdentitySignIn['outcome'],
    user: User | null,
  ): Promise<IdentitySignIn | null> =>
    user === null ? null : { user: await present.account(user), outcome };

  return {
    ...identityLinks({ ...needs, bind }),

    async signInWithIdentity(input) {
      const identity = usableIdentity(input);
      const { issuer, subject, email } = identity.claims;
      return retryOnConflict(async (nicknames): Promise<IdentitySignIn | null> => {
        const known = await storage.identities.find(issuer, subject);
        if (known !== null) return toSignIn('signed_in', await updateKnown(known, identity));
        const owner = email === null ? null : await storage.users.findByEmail(email);
        if (owner !== null) return toSignIn('joined', await join(owner.id, identity));
        if (options.registration === 'closed') {
          throw new MicroblogError('registration_closed', 'Registration is closed here.');
        }
        if (email === null) throw withoutEmail(identity);
        return toSignIn('registered', await register(identity, email, nicknames));
      });
    },
  };
}

/** A new account needs an address, and the provider gave none that is valid here. */
function withoutEmail({ refusedEmail }: UsableIdentity): MicroblogError<'identity_without_email'> {
  if (refusedEmail !== null) {
    return new MicroblogError(
      'identity_without_email',
      'The address that the provider gave is invalid here.',
      {
        details: { email: refusedEmail },
      },
    );
  }
  return new MicroblogError(
    'identity_without_email',
    'The provider gave no email address: ask it for the scope "email", and check that the person has an address.',
  );
}
