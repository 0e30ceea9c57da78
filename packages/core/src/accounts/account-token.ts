import type { UserId } from '../kernel/ids.ts';

/** What a link in a mail is for. */
export const tokenPurposes = ['reset_password', 'confirm_email'] as const;
/** What a link in a mail is for. */
export type TokenPurpose = (typeof tokenPurposes)[number];

/** A link in a mail, as it is kept: its secret is in the mail alone. */
export interface AccountToken {
  /** SHA-256 of the secret, as base64url; see `hashOfSecret`. */
  readonly hash: string;
  readonly userId: UserId;
  readonly purpose: TokenPurpose;
  /** The address that the mail goes to. */
  readonly email: string;
  readonly expiresAt: Date;
}

/** Tokens of links in mails, until they are used or too old. */
export interface AccountTokenRepository {
  /** @throws {MicroblogError} `user_not_found` where the user is absent. */
  insert(token: AccountToken): Promise<void>;
  /** Null where there is none of that hash and purpose. One that has expired is still found. */
  find(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** Removes and returns it; null where there is none. Of several who take the same one, one gets it. */
  take(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** All of a user's tokens of that purpose, expired or not: those that last longest first. */
  listByUser(userId: UserId, purpose: TokenPurpose): Promise<AccountToken[]>;
  /** Removes all of a user's tokens of that purpose. */
  deleteByUser(userId: UserId, purpose: TokenPurpose): Promise<void>;
  /** Removes those that expired before `at`, but for those that somebody else is about to; says how many. */
  deleteExpired(at: Date): Promise<number>;
}

const HOUR = 60 * 60 * 1000;
/** In milliseconds. A link to a new password lasts an hour; one that confirms an address, a week. */
export const TOKEN_LIFETIMES: Readonly<Record<TokenPurpose, number>> = {
  reset_password: HOUR,
  confirm_email: 7 * 24 * HOUR,
};

/** 256 bits, more than anybody guesses (OWASP Session Management Cheat Sheet asks for 64). */
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** What stands in a link: 43 characters that need no escape in an address. */
export function newSecret(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** What is kept of a secret; null for an invalid one. A hash of 256 random bits needs no salt. */
export async function hashOfSecret(secret: unknown): Promise<string | null> {
  if (typeof secret !== 'string' || !SECRET.test(secret)) return null;
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
}

function base64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
