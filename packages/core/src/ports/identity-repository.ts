import type { Identity, IdentityChanges, IdentityWithUser } from '../identities/identity.ts';
import type { UserId } from '../kernel/ids.ts';

/** Which people outside are which users here. An identity goes with its user. */
export interface IdentityRepository {
  /**
   * Keeps all of them, or none.
   * @throws {MicroblogError} `identity_taken` where issuer and subject are somebody's already, `user_not_found`
   * where the user is absent, `id_clash` where the id is in use.
   */
  insert(identities: readonly Identity[]): Promise<void>;
  /** One of an issuer's subjects with its user, in one read; null where nobody is known by it. */
  find(issuer: string, subject: string): Promise<IdentityWithUser | null>;
  /** Those of an issuer's subjects that are known, with their users, in one read and no particular order. */
  findMany(issuer: string, subjects: readonly string[]): Promise<IdentityWithUser[]>;
  /** Everything by which one user is known outside, the latest first. */
  listByUser(userId: UserId): Promise<Identity[]>;
  /** The identity after the change, or null where nobody is known by it. */
  update(issuer: string, subject: string, changes: IdentityChanges): Promise<Identity | null>;
  /** Says whether there was such an identity. Its user stays. */
  delete(issuer: string, subject: string): Promise<boolean>;
}
