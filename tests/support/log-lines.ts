/** A line of a log in JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The lines of `output`, each of which must be an event in JSON. */
export function logLines(output: string): LogLine[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
