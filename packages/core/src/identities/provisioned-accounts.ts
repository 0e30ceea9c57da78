import type { EventRecorder } from '../events/events.ts';
import type { FieldProblem } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Storage } from '../ports/storage.ts';
import { type FreeNicknameOptions, freeNicknames } from '../users/free-nicknames.ts';
import { freshUser, type User, type UserChanges } from '../users/user.ts';
import type { UsableProfile } from './host-profile.ts';
import { HOST_ISSUER, type IdentityWithUser } from './identity.ts';
import { changedClaims } from './identity-changes.ts';
import { type IdentityClaims, insertNewcomers, newcomerFrom } from './newcomers.ts';
import type { Provisioned } from './provisioned.ts';

/** Creates and updates accounts from profiles of the host. Throws on conflicts; `provisioning` retries them. */
export interface HostAccounts {
  /** Creates accounts for all profiles or none, in their order, in a fixed number of statements. */
  create(profiles: readonly UsableProfile[], options?: FreeNicknameOptions): Promise<HostAccount[]>;
  /** Updates an account. Null if it was deleted meanwhile. */
  refresh(
    known: IdentityWithUser,
    profile: UsableProfile,
    options?: FreeNicknameOptions,
  ): Promise<HostAccount | null>;
}

/** The result for one profile, with the stored user. */
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
   * The addresses among `emails` that other accounts have. The new account then has no address. It is not bound to the
   * other account, because the host does not prove that both are one person.
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
        // Of two equal addresses in one batch, the first profile gets it.
        if (email !== null) taken.add(key);
        return {
          ...newcomerFrom(claimsOf(profile), {
            id: ids.next<UserId>(),
            nickname: nicknames[index] ?? profile.nickname,
            email: isFree ? email : null,
            createdAt,
          }),
          leftOut: isFree ? profile.leftOut : [...profile.leftOut, emailTaken],
        };
      });
      return storage.transaction(async (transaction) => {
        await insertNewcomers({ ids, events }, newcomers, transaction);
        return newcomers.map(({ user, leftOut }) => ({ user: freshUser(user), outcome: 'created', leftOut }));
      });
    },

    async refresh({ identity, user }, profile, options) {
      const claims = changedClaims(identity, profile);
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
        // Drop the earlier address: the person no longer has it, and another person may.
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

function claimsOf(profile: UsableProfile): IdentityClaims {
  const { externalId: subject, nickname, email = null, avatarUrl = null, locale = null } = profile;
  return { issuer: HOST_ISSUER, subject, nickname, email, avatarUrl, locale };
}
