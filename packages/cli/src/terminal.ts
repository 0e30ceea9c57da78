import type { CommandOutput } from '@microblog/host-koa/composition';

export function printLine(output: CommandOutput, text: string): void {
  output.write(`${text}\n`);
}

/**
 * Prints rows in aligned columns. Replaces control characters by spaces, so that foreign text can't move the cursor.
 * Aligns columns from number `numbersFrom` on (the first is 0) to the right. Default: none.
 */
export function printTable(
  output: CommandOutput,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { numbersFrom = header.length }: { readonly numbersFrom?: number } = {},
): void {
  const clean = [header, ...rows].map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, ' ')));
  const widths = header.map((_, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0)));
  for (const row of clean) {
    printLine(
      output,
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
