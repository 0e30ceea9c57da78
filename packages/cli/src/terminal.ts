import type { ReadStream, WriteStream } from 'node:tty';

/** What a command reads from and writes to. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;
  readonly stdout: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>;
  readonly stderr: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>;
}

export function printLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${text}\n`);
}

/**
 * Rows in columns that are as wide as they need be; control characters from outside can't move the cursor.
 * Columns from `numbersFrom` on, counted from 0, are flush right; none unless told.
 */
export function printTable(
  stream: NodeJS.WritableStream,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { numbersFrom = header.length }: { readonly numbersFrom?: number } = {},
): void {
  const clean = [header, ...rows].map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, ' ')));
  const widths = header.map((_, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0)));
  for (const row of clean) {
    printLine(
      stream,
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column < numbersFrom ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    );
  }
}
