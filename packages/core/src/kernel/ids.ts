/**
 * Ids are time-ordered 64-bit numbers in decimal: 48 bits of milliseconds since 1970, then 16 bits of
 * sequence. They are strings because a JavaScript number holds only 53 bits, and `bigint` in Postgres.
 */
declare const brand: unique symbol;

/** Identifies a user, whatever becomes of the nickname; see `Id`. */
export type UserId = string & { readonly [brand]: 'UserId' };
/** Identifies a post; see `Id`. */
export type PostId = string & { readonly [brand]: 'PostId' };
/** Identifies a follow; see `Id`. */
export type FollowId = string & { readonly [brand]: 'FollowId' };
/** Identifies the bond between an account of another place and a user; see `Id`. */
export type IdentityId = string & { readonly [brand]: 'IdentityId' };
/** A time-ordered 64-bit number in decimal, as a string: it sorts by time with `compareIds`, and survives JSON. */
export type Id = UserId | PostId | FollowId | IdentityId;

/** The largest id: Postgres' `bigint` is signed. Reached in the year 6429. */
const MAX_ID = 2n ** 63n - 1n;

/** Whether `text` is the canonical decimal form of an id: no sign, no leading zero, at most 2^63 - 1. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[1-9][0-9]{0,18}$/.test(text) && BigInt(text) <= MAX_ID;
}

/** `text` as an id of the wanted kind, or null where it is not the form of an id. Says nothing of its existence. */
export function parseId<Kind extends Id>(text: unknown): Kind | null {
  return isId(text) ? (text as Kind) : null;
}

/** Orders ids by time: negative where `a` is older. Works on decimal strings of any length. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The millisecond in which an id was made. */
export function timeOfId(id: Id): Date {
  return new Date(Number(BigInt(id) >> 16n));
}

/** The id of a millisecond and a sequence number between 0 and 65,535. */
export function composeId<Kind extends Id>(milliseconds: number, sequence: number): Kind {
  return ((BigInt(milliseconds) << 16n) | BigInt(sequence)).toString() as Kind;
}
