/** A place in the code that uses a text. */
export interface UsedKey {
  /** Relative to the package. */
  readonly file: string;
  readonly line: number;
  /** The key in the source, with `*` for each part that is built at run time. Null if all of it is. */
  readonly pattern: string | null;
  /** The names of the given values. Null if they are built at run time. */
  readonly params: readonly string[] | null;
}
