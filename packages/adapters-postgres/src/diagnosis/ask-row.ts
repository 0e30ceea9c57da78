/** Runs one statement, and returns the first row of its answer, or an empty one. */
export type AskRow = (
  sql: string,
  bindings?: readonly string[],
) => Promise<Readonly<Record<string, unknown>>>;
