/** Turns passwords into hashes that are safe to store. Both operations run outside the event loop. */
export interface PasswordHasher {
  /** A hash with its own salt; two calls never return the same hash. */
  hash(password: string): Promise<string>;
  /** Whether `hash` was made from `password`. Returns false for a hash of another hasher; does not throw. */
  verify(hash: string, password: string): Promise<boolean>;
  /** Whether this hasher made `hash`, with any parameters. */
  recognizes(hash: string): boolean;
  /** Whether `hash` has weaker parameters than `hash()` uses now. It is then replaced at sign-in. */
  needsRehash(hash: string): boolean;
}
