import type { Measurement } from '../measuring/measurement.ts';

/** A table in Markdown. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Whole numbers with separators; `?` if a figure is not known. */
export function whole(value: number): string {
  return Number.isNaN(value) ? '?' : Math.round(value).toLocaleString('en');
}

/** With two digits after the point for small numbers, else with one. */
export function precise(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '?';
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Milliseconds on processors, of the server and the database. */
export function times({ serverTime, databaseTime }: Measurement): string {
  return `${precise(serverTime)} + ${precise(databaseTime)}`;
}

/** Marks rows in which other work had the processors. */
export function marked(name: string, noisy: boolean): string {
  return noisy ? `${name} (!)` : name;
}
