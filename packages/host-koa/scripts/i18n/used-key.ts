/** A place in the code that asks for a text. */
export interface UsedKey {
  /** Relative to the package. */
  readonly file: string;
  readonly line: number;
  /** The key as it is written, with `*` for each part that is not; null where nothing of it is written. */
  readonly pattern: string | null;
  /** The names of what is filled in, or null where they are not written. */
  readonly params: readonly string[] | null;
}
