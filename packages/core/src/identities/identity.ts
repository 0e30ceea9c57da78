import type { IdentityId, UserId } from '../kernel/ids.ts';
import type { User } from '../users/user.ts';

/**
 * Somebody as a place outside knows them: a provider of OpenID Connect, or the application that this one is
 * embedded in. `issuer` and `subject` together are unique, and stay the same while everything else of a
 * person changes.
 */
export interface Identity {
  readonly id: IdentityId;
  readonly userId: UserId;
  /** The address of the provider; `HOST_ISSUER` for the host application. */
  readonly issuer: string;
  /** What the issuer calls the person: compared as it is, case included. At most 255 characters. */
  readonly subject: string;
  /**
   * The issuer's last word on the person, in the form in which it can be used; null where it said nothing
   * usable. The account may differ: its nickname is `john2` where another's is `john`, its address null where
   * it is another's. Kept, so that a change outside can be told from a difference that is known.
   */
  readonly nickname: string | null;
  readonly email: string | null;
  readonly avatarUrl: string | null;
  readonly locale: string | null;
  readonly createdAt: Date;
}

/** What an issuer may say anew. */
export type IdentityChanges = Partial<Pick<Identity, 'nickname' | 'email' | 'avatarUrl' | 'locale'>>;

/** An account of another place, and whose it is here. */
export interface IdentityWithUser {
  readonly identity: Identity;
  readonly user: User;
}

/** The issuer of identities that the host application vouches for. No provider has such an address. */
export const HOST_ISSUER = 'urn:microblog:host';

/** Whether a sign-in provider vouches for it. Those of the host application are managed there. */
export function isOfProvider({ issuer }: Pick<Identity, 'issuer'>): boolean {
  return issuer !== HOST_ISSUER;
}

/** That of subjects in OpenID Connect Core 1.0, section 2. */
export const MAX_SUBJECT_LENGTH = 255;

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
