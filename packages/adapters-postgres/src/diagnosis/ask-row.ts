/** Runs one statement. Returns the first row, or an empty object if there is none. */
export type AskRow = (
  sql: string,
  bindings?: readonly string[],
) => Promise<Readonly<Record<string, unknown>>>;
