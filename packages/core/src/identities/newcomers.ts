import type { EventRecorder } from '../events/events.ts';
import type { IdentityId } from '../kernel/ids.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Transaction } from '../ports/storage.ts';
import type { NewUser } from '../users/user.ts';
import type { Identity } from './identity.ts';

/** What an issuer states about a person. */
export type IdentityClaims = Pick<
  Identity,
  'issuer' | 'subject' | 'nickname' | 'email' | 'avatarUrl' | 'locale'
>;

/** A person from elsewhere, with the account that is made for them. */
export interface Newcomer {
  readonly user: NewUser;
  readonly claims: IdentityClaims;
}

export interface NewcomersNeeds {
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
}

/**
 * Makes accounts that are bound to identities, in a fixed number of statements, and records `user.registered` for each.
 * @throws {MicroblogError} `nickname_taken`, `email_taken`, `identity_taken`, `id_clash` for what was taken meanwhile.
 */
export async function insertNewcomers(
  { ids, events }: NewcomersNeeds,
  newcomers: readonly Newcomer[],
  transaction: Transaction,
): Promise<void> {
  await transaction.users.insertMany(newcomers.map(({ user }) => user));
  await transaction.identities.insert(
    newcomers.map(({ user: { id: userId, createdAt }, claims }) => ({
      ...claims,
      id: ids.next<IdentityId>(),
      userId,
      createdAt,
    })),
  );
  for (const { user } of newcomers) {
    await events.record(transaction, 'user.registered', { userId: user.id, nickname: user.nickname });
  }
}
