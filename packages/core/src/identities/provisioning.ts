import { requireAdmin, type Viewer } from '../accounts/viewer.ts';
import { isMicroblogError } from '../kernel/errors.ts';
import { parseInput } from '../kernel/input.ts';
import type { Logger } from '../ports/logger.ts';
import { removeUser } from '../users/remove-user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { externalIdSchema, type HostProfile, type UsableProfile, usableProfile } from './host-profile.ts';
import { HOST_ISSUER, type IdentityWithUser } from './identity.ts';
import type { Provisioned, ProvisioningReport } from './provisioned.ts';
import {
  type HostAccount,
  type HostAccounts,
  type HostAccountsNeeds,
  hostAccounts,
} from './provisioned-accounts.ts';
import { isConflict, retryOnConflict } from './retry-on-conflict.ts';

/** Creating, updating and removing people of a host application. For administrators; scripts pass `operator`. */
export interface Provisioning {
  /**
   * The account of a person of the host application. Created at the first call, updated if the profile changed, and
   * otherwise found by one read. A nickname is made valid, and numbered if it is taken (`john2`); it changes only if the
   * host's nickname changes. An e-mail address of another account stays with that account. Concurrent calls for one
   * person create one account.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`; `invalid_input` with the
   * fields of the profile.
   */
  provision(viewer: Viewer, profile: HostProfile): Promise<Provisioned>;
  /**
   * The same for many, in batches of 500: one report for each profile, in their order. A failure does not affect the
   * others, except if the storage fails: the rest is then reported as failed without another attempt.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`.
   */
  provision(viewer: Viewer, profiles: readonly HostProfile[]): Promise<ProvisioningReport[]>;
  /**
   * Removes a person of the host application for good, with their posts, follows and all other data. Returns false if
   * there was no such person.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`; `invalid_input`.
   */
  deprovision(viewer: Viewer, externalId: HostProfile['externalId']): Promise<boolean>;
}

export interface ProvisioningNeeds extends HostAccountsNeeds {
  readonly logger: Logger;
  readonly present: UserPresenter;
}

/** Profiles of a batch that share their statements. */
const CHUNK = 500;

export function provisioning(needs: ProvisioningNeeds): Provisioning {
  const { storage, logger, events, present } = needs;
  const accounts: HostAccounts = hostAccounts(needs);

  async function provisionOne(profile: UsableProfile): Promise<Provisioned> {
    const done = await retryOnConflict(async (options) => {
      const known = await storage.identities.find(HOST_ISSUER, profile.externalId);
      const done =
        known === null
          ? (await accounts.create([profile], options))[0]
          : await accounts.refresh(known, profile, options);
      // Null if the account was removed between the two reads.
      return done ?? null;
    });
    return toProvisioned(done);
  }

  /** Calls `report` once for each entry. Newcomers share their statements; changes are one by one. */
  async function provisionChunk(
    entries: readonly Entry[],
    report: (entry: Entry, done: Promise<Provisioned>) => Promise<void>,
  ): Promise<void> {
    const subjects = entries.map(({ profile }) => profile.externalId);
    const found = await storage.identities.findMany(HOST_ISSUER, subjects);
    const known = new Map(found.map((one) => [one.identity.subject, one]));
    // A second profile of the same person is looked up again, after the first one is done.
    const first = new Map(entries.toReversed().map((entry) => [entry.profile.externalId, entry]));
    const newcomers = entries.filter(
      (entry) => first.get(entry.profile.externalId) === entry && !known.has(entry.profile.externalId),
    );
    const created = await createAll(newcomers);
    for (const entry of entries) {
      const { profile } = entry;
      const isFirst = first.get(profile.externalId) === entry;
      const own = isFirst ? known.get(profile.externalId) : undefined;
      const done = created.get(entry) ?? (own && (await refreshOnce(own, profile)));
      await report(entry, done ? toProvisioned(done) : provisionOne(profile));
    }
  }

  /** Empty on a conflict: the caller then provisions each profile alone. */
  async function createAll(newcomers: readonly Entry[]): Promise<Map<Entry, HostAccount>> {
    if (newcomers.length === 0) return new Map();
    const done = await nullOnConflict(accounts.create(newcomers.map(({ profile }) => profile)));
    return new Map(done?.map((one, index) => [newcomers[index] as Entry, one]));
  }

  const refreshOnce = async (known: IdentityWithUser, profile: UsableProfile) =>
    nullOnConflict(accounts.refresh(known, profile));

  async function toProvisioned({ outcome, user, leftOut }: HostAccount): Promise<Provisioned> {
    if (outcome !== 'unchanged' && leftOut.length > 0) {
      logger.warn(
        { userId: user.id, leftOut: leftOut.map(({ field, problem }) => `${field}: ${problem}`) },
        "part of a host application's profile could not be used",
      );
    }
    return { user: await present.account(user), outcome, leftOut };
  }

  async function provisionMany(profiles: readonly unknown[]): Promise<ProvisioningReport[]> {
    const reports: ProvisioningReport[] = new Array(profiles.length);
    const valid: Entry[] = [];
    for (const [index, given] of profiles.entries()) {
      try {
        valid.push({ index, profile: usableProfile(given) });
      } catch (error) {
        reports[index] = failed(externalIdOf(given), error);
      }
    }
    let broken: unknown;
    for (let start = 0; start < valid.length; start += CHUNK) {
      const chunk = valid.slice(start, start + CHUNK);
      try {
        if (broken !== undefined) throw broken;
        await provisionChunk(chunk, async ({ index, profile: { externalId } }, done) => {
          try {
            reports[index] = { ...(await done), externalId };
          } catch (error) {
            reports[index] = failed(externalId, error);
            if (!isConflict(error)) throw error;
          }
        });
      } catch (error) {
        broken = error;
        for (const { index, profile } of chunk) reports[index] ??= failed(profile.externalId, error);
      }
    }
    return reports;
  }

  function provision(viewer: Viewer, profile: HostProfile): Promise<Provisioned>;
  function provision(viewer: Viewer, profiles: readonly HostProfile[]): Promise<ProvisioningReport[]>;
  async function provision(
    viewer: Viewer,
    given: HostProfile | readonly HostProfile[],
  ): Promise<Provisioned | ProvisioningReport[]> {
    requireAdmin(viewer);
    return Array.isArray(given) ? provisionMany(given) : provisionOne(usableProfile(given));
  }

  return {
    provision,

    async deprovision(viewer, externalId) {
      const { id: adminId } = requireAdmin(viewer);
      const subject = parseInput(externalIdSchema, externalId);
      const known = await storage.identities.find(HOST_ISSUER, subject);
      if (known === null) return false;
      const removed = await storage.transaction((transaction) =>
        removeUser(events, transaction, known.user, adminId),
      );
      if (!removed) return false;
      logger.info({ userId: known.user.id, adminId }, 'account removed by the host application');
      return true;
    },
  };
}

/** A profile of a batch, with its index there. */
interface Entry {
  readonly index: number;
  readonly profile: UsableProfile;
}

async function nullOnConflict<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (isConflict(error)) return null;
    throw error;
  }
}

function failed(externalId: string | null, error: unknown): ProvisioningReport {
  if (!isMicroblogError(error)) throw error;
  return { outcome: 'failed', externalId, error };
}

function externalIdOf(profile: unknown): string | null {
  if (typeof profile !== 'object' || profile === null || !('externalId' in profile)) return null;
  return externalIdSchema.safeParse(profile.externalId).data ?? null;
}
