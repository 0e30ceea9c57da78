import type { UserId } from '../kernel/ids.ts';

/** What a mailed link does. */
export const tokenPurposes = ['reset_password', 'confirm_email'] as const;
/** What a mailed link does. */
export type TokenPurpose = (typeof tokenPurposes)[number];

/** A mailed link as it is stored. Its secret is only in the mail. */
export interface AccountToken {
  /** SHA-256 of the secret, as base64url; see `hashOfSecret`. */
  readonly hash: string;
  readonly userId: UserId;
  readonly purpose: TokenPurpose;
  /** The address that the mail goes to. */
  readonly email: string;
  readonly expiresAt: Date;
}

/** Stores tokens of mailed links until they are used or have expired. */
export interface AccountTokenRepository {
  /** @throws {MicroblogError} `user_not_found` if the user is missing. */
  insert(token: AccountToken): Promise<void>;
  /** Null if there is none with that hash and purpose. An expired token is still found. */
  find(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** Removes and returns it; null if there is none. Of several callers at once, one gets it. */
  take(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** All tokens of a user with that purpose, expired or not; the latest expiry first. */
  listByUser(userId: UserId, purpose: TokenPurpose): Promise<AccountToken[]>;
  /** Removes all tokens of a user with that purpose. */
  deleteByUser(userId: UserId, purpose: TokenPurpose): Promise<void>;
  /** Removes tokens that expired before `at`, except those that another transaction has locked. Returns how many. */
  deleteExpired(at: Date): Promise<number>;
}

const HOUR = 60 * 60 * 1000;
/** In milliseconds. A link to a new password is valid for an hour, one that confirms an address for a week. */
export const TOKEN_LIFETIMES: Readonly<Record<TokenPurpose, number>> = {
  reset_password: HOUR,
  confirm_email: 7 * 24 * HOUR,
};

/** 256 bits (OWASP Session Management Cheat Sheet: at least 64 bits of entropy). */
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The secret of a link: 43 characters that need no escape in a URL. */
export function newSecret(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** The hash to store for a secret; null for an invalid secret. A hash of 256 random bits needs no salt. */
export async function hashOfSecret(secret: unknown): Promise<string | null> {
  if (typeof secret !== 'string' || !SECRET.test(secret)) return null;
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
}

/**
 * The hash under which a used link is remembered. It differs from every hash of a secret, so a remembered link never
 * works again.
 */
export async function hashOfUsedLink(hash: string): Promise<string> {
  return base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`used ${hash}`))),
  );
}

function base64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
