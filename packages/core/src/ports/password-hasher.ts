/** Turns passwords into hashes that may be stored. Both operations run off the event loop. */
export interface PasswordHasher {
  /** A hash with a salt of its own; two calls never give the same. */
  hash(password: string): Promise<string>;
  /** Whether `password` made `hash`. False, never an error, for a hash that another hasher made. */
  verify(hash: string, password: string): Promise<boolean>;
  /** Whether this hasher, with whatever parameters, made `hash`. */
  recognizes(hash: string): boolean;
  /** Whether `hash` was made with weaker parameters than `hash()` uses now; it is then replaced at sign-in. */
  needsRehash(hash: string): boolean;
}
