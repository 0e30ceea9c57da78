import type { EventRecorder } from '../events/events.ts';
import type { FieldProblem } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Storage } from '../ports/storage.ts';
import { type FreeNicknameOptions, freeNicknames } from '../users/free-nicknames.ts';
import { freshUser, type NewUser, type User, type UserChanges } from '../users/user.ts';
import type { UsableProfile } from './host-profile.ts';
import { HOST_ISSUER, type Identity, type IdentityChanges, type IdentityWithUser } from './identity.ts';
import { type IdentityClaims, insertNewcomers } from './newcomers.ts';
import type { Provisioned } from './provisioned.ts';

/** Makes and changes accounts as the host describes them. Throws what lost races throw; see `provisioning`. */
export interface HostAccounts {
  /** Accounts for profiles that have none yet, all or none, in a fixed number of statements; in their order. */
  create(profiles: readonly UsableProfile[], options?: FreeNicknameOptions): Promise<HostAccount[]>;
  /** Null where the account is gone meanwhile. */
  refresh(
    known: IdentityWithUser,
    profile: UsableProfile,
    options?: FreeNicknameOptions,
  ): Promise<HostAccount | null>;
}

/** What became of one profile, with the record of the account. */
export interface HostAccount extends Omit<Provisioned, 'user'> {
  readonly user: User;
}

export interface HostAccountsNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
}

const emailTaken: FieldProblem = { field: 'email', problem: 'taken', params: {} };

export function hostAccounts({ storage, clock, ids, events }: HostAccountsNeeds): HostAccounts {
  /**
   * An address that is another account's stays there: this one goes without, and is not bound to the other, as
   * nobody has shown that both are one person.
   */
  async function takenEmails(emails: readonly (string | null | undefined)[]): Promise<Set<string>> {
    const wanted = emails.flatMap((email) => email ?? []);
    return wanted.length === 0 ? new Set() : storage.users.takenEmails(wanted);
  }

  return {
    async create(profiles, options) {
      const nicknames = await freeNicknames(
        storage.users,
        profiles.map(({ nickname }) => nickname),
        options,
      );
      const taken = await takenEmails(profiles.map(({ email }) => email));
      const createdAt = clock.now();
      const newcomers = profiles.map((profile, index) => {
        const email = profile.email ?? null;
        const key = email?.toLowerCase() ?? '';
        const isFree = email === null || !taken.has(key);
        // Of two in one batch, the first gets it.
        if (email !== null) taken.add(key);
        const user: NewUser = {
          id: ids.next<UserId>(),
          nickname: nicknames[index] ?? profile.nickname,
          email: isFree ? email : null,
          locale: profile.locale ?? null,
          avatarUrl: profile.avatarUrl ?? null,
          role: 'member',
          createdAt,
        };
        return {
          claims: claimsOf(profile),
          user,
          leftOut: isFree ? profile.leftOut : [...profile.leftOut, emailTaken],
        };
      });
      return storage.transaction(async (transaction) => {
        await insertNewcomers({ ids, events }, newcomers, transaction);
        return newcomers.map(({ user, leftOut }) => ({ user: freshUser(user), outcome: 'created', leftOut }));
      });
    },

    async refresh({ identity, user }, profile, options) {
      const claims = changedProfile(identity, profile);
      if (Object.keys(claims).length === 0) return { user, outcome: 'unchanged', leftOut: profile.leftOut };
      const changes: { -readonly [Field in keyof UserChanges]: UserChanges[Field] } = {};
      const leftOut = [...profile.leftOut];
      if (claims.nickname !== undefined) {
        const own = { ...options, own: user.nickname };
        const [nickname = user.nickname] = await freeNicknames(storage.users, [profile.nickname], own);
        changes.nickname = nickname;
      }
      if (claims.email !== undefined) {
        const isOwn = claims.email?.toLowerCase() === user.email?.toLowerCase();
        const isFree = isOwn || (await takenEmails([claims.email])).size === 0;
        // Not the earlier one: the person has it no longer, and it may be somebody else's by now.
        changes.email = isFree ? claims.email : null;
        if (!isFree) leftOut.push(emailTaken);
      }
      if (claims.avatarUrl !== undefined) changes.avatarUrl = claims.avatarUrl;
      if (claims.locale !== undefined) changes.locale = claims.locale;
      return storage.transaction(async ({ users, identities }) => {
        const changed = await users.update(user.id, changes);
        if (changed === null) return null;
        await identities.update(identity.issuer, identity.subject, claims);
        return { user: changed, outcome: 'updated', leftOut };
      });
    },
  };
}

/** The fields of the profile that differ from what the host said last; what it leaves out did not change. */
function changedProfile(identity: Identity, profile: UsableProfile): IdentityChanges {
  const fields = ['nickname', 'email', 'avatarUrl', 'locale'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const said = profile[field];
      return said === undefined || said === identity[field] ? [] : [[field, said]];
    }),
  );
}

function claimsOf(profile: UsableProfile): IdentityClaims {
  const { externalId: subject, nickname, email = null, avatarUrl = null, locale = null } = profile;
  return { issuer: HOST_ISSUER, subject, nickname, email, avatarUrl, locale };
}
