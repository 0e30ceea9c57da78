/**
 * Ids are time-ordered 64-bit numbers in decimal: 48 bits of milliseconds since 1970, then 16 bits of
 * sequence. They are strings because a JavaScript number holds only 53 bits, and `bigint` in Postgres.
 */
declare const brand: unique symbol;

/** Identifies a user. It stays the same if the nickname changes; see `Id`. */
export type UserId = string & { readonly [brand]: 'UserId' };
/** Identifies a post; see `Id`. */
export type PostId = string & { readonly [brand]: 'PostId' };
/** Identifies a follow; see `Id`. */
export type FollowId = string & { readonly [brand]: 'FollowId' };
/** Identifies the link between a user and an account at an identity provider; see `Id`. */
export type IdentityId = string & { readonly [brand]: 'IdentityId' };
/** A time-ordered 64-bit number as a decimal string. Compare by time with `compareIds`. Survives JSON. */
export type Id = UserId | PostId | FollowId | IdentityId;

/** The largest id: Postgres' `bigint` is signed. Reached in the year 6429. */
const MAX_ID = 2n ** 63n - 1n;

/** Whether `text` is the canonical decimal form of an id: no sign, no leading zero, at most 2^63 - 1. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[1-9][0-9]{0,18}$/.test(text) && BigInt(text) <= MAX_ID;
}

/** Returns `text` as an id, or null if it is not a valid id. Does not check whether anything has this id. */
export function parseId<Kind extends Id>(text: unknown): Kind | null {
  return isId(text) ? (text as Kind) : null;
}

/** Orders ids by time: negative if `a` is older. Works on decimal strings of any length. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The millisecond in which the id was made. */
export function timeOfId(id: Id): Date {
  return new Date(Number(BigInt(id) >> 16n));
}

/** The id for a millisecond and a sequence number from 0 to 65,535. */
export function composeId<Kind extends Id>(milliseconds: number, sequence: number): Kind {
  return ((BigInt(milliseconds) << 16n) | BigInt(sequence)).toString() as Kind;
}
