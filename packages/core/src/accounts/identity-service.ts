import { isMicroblogError, MicroblogError } from '../errors.ts';
import type { EventRecorder } from '../events/events.ts';
import { retryOnIdClash } from '../id-clash.ts';
import {
  HOST_ISSUER,
  type Identity,
  type IdentityChanges,
  type IdentityWithUser,
} from '../identities/identity.ts';
import { untilWon } from '../identities/lost-race.ts';
import { insertNewcomers } from '../identities/newcomers.ts';
import type { IdentityId, UserId } from '../ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { type FreeNicknameOptions, freeNicknames } from '../users/free-nicknames.ts';
import { freshUser, type NewUser, type User, type UserChanges } from '../users/user.ts';
import { requireMember, type Viewer } from '../viewer.ts';
import type { AccountMails } from './account-mails.ts';
import { type IdentityInput, type UsableIdentity, usableIdentity } from './identity-input.ts';

/** Who signed in with an identity, and what came of it. */
export interface IdentitySignIn {
  readonly user: User;
  /** `joined`: it was bound to an account that was there; `registered`: the account is new. */
  readonly outcome: 'signed_in' | 'joined' | 'registered';
}

/** Signing in with identities of providers, and what of them is bound to an account. */
export interface IdentityService {
  /**
   * The account of somebody whom a sign-in provider has just vouched for: bound by issuer and subject, whatever
   * else changes. At first sight, an address that the provider says is verified joins the account whose own
   * address it is and is verified, and an address that nobody has makes an account, with a nickname from
   * `nickname`, `preferredUsername` or the address, cleaned and numbered where it is another's. Any number of calls at
   * once for one person give one account.
   * @throws {MicroblogError} `link_required` where the address is an account's, and it is not known on both sides
   * to be the person's: sign in to it in another way, and call `linkIdentity`; `identity_without_email`,
   * `registration_closed`, `account_suspended`; `invalid_input` with the fields of the identity.
   */
  signInWithIdentity(input: IdentityInput): Promise<IdentitySignIn>;
  /**
   * Binds an identity to the viewer, as another way to sign in. Says whether it was not bound before.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `identity_taken` where it is another's;
   * `invalid_input`.
   */
  linkIdentity(viewer: Viewer, input: IdentityInput): Promise<boolean>;
  /** With what the viewer can sign in beside a password, the latest first; none for visitors. */
  listIdentities(viewer: Viewer): Promise<Identity[]>;
  /**
   * Takes one of the viewer's identities away. Says whether it was theirs. Of two at once, the last way in stays.
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

export interface IdentityServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
  readonly mails: AccountMails;
}

export function identityService(
  { storage, clock, ids, events, mails }: IdentityServiceNeeds,
  options: { readonly registration: 'open' | 'closed' },
): IdentityService {
  /** Takes over what the provider says anew. The nickname and the address here are the person's own affair. */
  async function recognise(known: IdentityWithUser, identity: UsableIdentity): Promise<User | null> {
    requireActive(known.user);
    const { issuer, subject } = identity.word;
    if (!hasNews(known, identity)) return known.user;
    return storage.transaction(async ({ users, identities }) => {
      const user = await users.lock(known.user.id);
      if (user === null) return null;
      await identities.update(issuer, subject, newsOf(known.identity, identity));
      return users.update(user.id, changesOf(known.identity, user, identity, clock.now()));
    });
  }

  async function bind(user: User, identity: UsableIdentity, transaction: Transaction): Promise<User> {
    const createdAt = clock.now();
    const { word } = identity;
    await transaction.identities.insert([
      { ...word, id: ids.next<IdentityId>(), userId: user.id, createdAt },
    ]);
    const changes = provesAddress(user, identity) ? { emailVerifiedAt: createdAt } : {};
    return (await transaction.users.update(user.id, changes)) ?? user;
  }

  function join(ownerId: UserId, identity: UsableIdentity): Promise<User | null> {
    return storage.transaction(async (transaction) => {
      // Locked: the address must still be theirs, and verified, when the identity is bound.
      const owner = await transaction.users.lock(ownerId);
      if (owner === null || !isSameAddress(owner.email, identity.word.email)) return null;
      if (!identity.emailVerified || owner.emailVerifiedAt === null) {
        throw new MicroblogError(
          'link_required',
          'An account has this address: sign in to it, and link the identity.',
        );
      }
      requireActive(owner);
      return bind(owner, identity, transaction);
    });
  }

  async function register(
    { word, emailVerified, wantedNickname }: UsableIdentity,
    email: string,
    nicknames: FreeNicknameOptions,
  ): Promise<User | null> {
    const [nickname = wantedNickname] = await freeNicknames(storage.users, [wantedNickname], nicknames);
    const createdAt = clock.now();
    const user: NewUser = {
      id: ids.next<UserId>(),
      nickname,
      email,
      locale: word.locale,
      avatarUrl: word.avatarUrl,
      role: 'member',
      createdAt,
    };
    return storage.transaction(async (transaction) => {
      await insertNewcomers({ ids, events }, [{ user, word }], transaction);
      if (!emailVerified && mails.enabled)
        await mails.requestConfirmation(freshUser(user), email, transaction);
      return transaction.users.update(user.id, { emailVerifiedAt: emailVerified ? createdAt : null });
    });
  }

  /** Whether it is `userId`'s already. @throws {MicroblogError} `identity_taken` where it is another's. */
  async function isLinked(userId: UserId, { word }: UsableIdentity): Promise<boolean> {
    const known = await storage.identities.find(word.issuer, word.subject);
    if (known === null || known.user.id === userId) return known !== null;
    throw new MicroblogError('identity_taken', 'That identity belongs to somebody already.');
  }

  return {
    async signInWithIdentity(input) {
      const identity = usableIdentity(input);
      const { issuer, subject, email } = identity.word;
      return untilWon(async (nicknames): Promise<IdentitySignIn | null> => {
        const known = await storage.identities.find(issuer, subject);
        if (known !== null) return outcome('signed_in', await recognise(known, identity));
        const owner = email === null ? null : await storage.users.findByEmail(email);
        if (owner !== null) return outcome('joined', await join(owner.id, identity));
        if (options.registration === 'closed') {
          throw new MicroblogError('registration_closed', 'Registration is closed here.');
        }
        if (email === null) {
          throw new MicroblogError(
            'identity_without_email',
            'The provider gave no e-mail address: have it give the scope email, and the person an address.',
          );
        }
        return outcome('registered', await register(identity, email, nicknames));
      });
    },

    async linkIdentity(viewer, input) {
      const { id } = requireMember(viewer);
      const identity = usableIdentity(input);
      if (await isLinked(id, identity)) return false;
      try {
        await retryOnIdClash(() =>
          storage.transaction(async (transaction) => {
            const user = await transaction.users.lock(id);
            if (user === null) throw new MicroblogError('user_not_found', 'The account is gone.');
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
      return viewer === null ? [] : ofProviders(await storage.identities.listByUser(viewer.id));
    },

    async unlinkIdentity(viewer, identityId, { signInWith = () => true } = {}) {
      const { id: userId } = requireMember(viewer);
      return storage.transaction(async ({ users, identities, credentials }) => {
        // Locked: of two ways in that are taken away at once, the second is seen to be the last.
        await users.lock(userId);
        const all = ofProviders(await identities.listByUser(userId));
        const unlinked = all.find(({ id }) => id === identityId);
        if (unlinked === undefined) return false;
        const remains = all.some(({ id, issuer }) => id !== identityId && signInWith(issuer));
        if (!remains && (await credentials.find(userId)) === null) {
          throw new MicroblogError(
            'last_sign_in',
            'It is the only way to sign in to the account: set a password first.',
          );
        }
        return identities.delete(unlinked.issuer, unlinked.subject);
      });
    },
  };
}

function outcome(outcome: IdentitySignIn['outcome'], user: User | null): IdentitySignIn | null {
  return user === null ? null : { user, outcome };
}

function requireActive(user: User): void {
  if (user.suspendedAt !== null) {
    throw new MicroblogError('account_suspended', `The account ${user.id} is suspended.`);
  }
}

/** Those of a host application are its own affair. */
function ofProviders(identities: readonly Identity[]): Identity[] {
  return identities.filter(({ issuer }) => issuer !== HOST_ISSUER);
}

function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}

/** Whether the provider knows what is not known here: that the account's address is the person's. */
function provesAddress(user: User, { word, emailVerified }: UsableIdentity): boolean {
  return emailVerified && user.emailVerifiedAt === null && isSameAddress(user.email, word.email);
}

function newsOf(before: Identity, { word }: UsableIdentity): IdentityChanges {
  const fields = ['nickname', 'email', 'avatarUrl', 'locale'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => (word[field] === before[field] ? [] : [[field, word[field]]])),
  );
}

function hasNews({ identity: before, user }: IdentityWithUser, identity: UsableIdentity): boolean {
  return Object.keys(newsOf(before, identity)).length > 0 || provesAddress(user, identity);
}

/** A picture follows the provider's as long as it is the one that came from there. */
function changesOf(before: Identity, user: User, identity: UsableIdentity, now: Date): UserChanges {
  const { avatarUrl } = identity.word;
  return {
    ...(user.avatarUrl === before.avatarUrl && avatarUrl !== user.avatarUrl ? { avatarUrl } : {}),
    ...(provesAddress(user, identity) ? { emailVerifiedAt: now } : {}),
  };
}
