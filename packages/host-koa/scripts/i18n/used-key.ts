/** A place in the code that uses a text. */
export interface UsedKey {
  /** Relative to the package. */
  readonly file: string;
  readonly line: number;
  /** The key as it is written, with `*` for each part that is built at run time. Null if nothing of it is written. */
  readonly pattern: string | null;
  /** The names of the given values. Null if they are not written there. */
  readonly params: readonly string[] | null;
}
