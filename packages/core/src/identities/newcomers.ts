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

/** The claims about a person, and the account to create for them. */
export interface Newcomer {
  readonly user: NewUser;
  readonly claims: IdentityClaims;
}

/** A member's account with the language and picture of the claims. `email` is null if another account has it. */
export function newcomerFrom(
  claims: IdentityClaims,
  account: Pick<NewUser, 'id' | 'nickname' | 'email' | 'createdAt'>,
): Newcomer {
  const { locale, avatarUrl } = claims;
  return { claims, user: { ...account, locale, avatarUrl, role: 'member' } };
}

export interface NewcomersNeeds {
  readonly ids: IdGenerator;
  readonly events: EventRecorder;
}

/**
 * Inserts accounts with their identities, in a fixed number of statements, and records `user.registered` for each.
 * @throws {MicroblogError} `nickname_taken`, `email_taken`, `identity_taken`, `id_clash` on a conflict.
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
