import type { IdentityId, UserId } from '../kernel/ids.ts';
import type { User } from '../users/user.ts';

/**
 * A person's identity at an issuer: an OpenID Connect provider, or the host application that embeds the microblog.
 * `issuer` and `subject` together are unique and never change; all other fields may.
 */
export interface Identity {
  readonly id: IdentityId;
  readonly userId: UserId;
  /** The URL of the provider; `HOST_ISSUER` for the host application. */
  readonly issuer: string;
  /** The issuer's id of the person, case-sensitive. At most 255 characters. */
  readonly subject: string;
  /**
   * The issuer's latest claims, made valid; null if a claim was missing or invalid. The account may differ: its nickname
   * is `john2` if `john` was taken, its address null if another account has it. The stored claims show later which
   * claims have changed.
   */
  readonly nickname: string | null;
  readonly email: string | null;
  readonly avatarUrl: string | null;
  readonly locale: string | null;
  readonly createdAt: Date;
}

/** The claims of an issuer that may change. */
export type IdentityChanges = Partial<Pick<Identity, 'nickname' | 'email' | 'avatarUrl' | 'locale'>>;

/** An identity and the user it is bound to. */
export interface IdentityWithUser {
  readonly identity: Identity;
  readonly user: User;
}

/** The issuer of people of the host application. No provider can have such a URL. */
export const HOST_ISSUER = 'urn:microblog:host';

/** Whether the identity is from a sign-in provider. The host application manages its own people. */
export function isOfProvider({ issuer }: Pick<Identity, 'issuer'>): boolean {
  return issuer !== HOST_ISSUER;
}

/** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
export const MAX_SUBJECT_LENGTH = 255;

/** Stores identities. Deleting a user deletes their identities. */
export interface IdentityRepository {
  /**
   * Stores all of them or none.
   * @throws {MicroblogError} `identity_taken` if issuer and subject are stored already, `user_not_found` if the user
   * is missing, `id_clash` if the id is in use.
   */
  insert(identities: readonly Identity[]): Promise<void>;
  /** One identity with its user, in one read; null if it is unknown. */
  find(issuer: string, subject: string): Promise<IdentityWithUser | null>;
  /** The known identities among these subjects, with their users, in one read and no particular order. */
  findMany(issuer: string, subjects: readonly string[]): Promise<IdentityWithUser[]>;
  /** All identities of a user, the latest first. */
  listByUser(userId: UserId): Promise<Identity[]>;
  /** The identity after the change; null if it is unknown. */
  update(issuer: string, subject: string, changes: IdentityChanges): Promise<Identity | null>;
  /** Returns false if there was no such identity. Its user stays. */
  delete(issuer: string, subject: string): Promise<boolean>;
}
