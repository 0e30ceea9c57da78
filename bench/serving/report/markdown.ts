import { type Measurement, medianOf } from '../measuring/measurement.ts';
import type { PairedRow } from '../measuring/paired-rows.ts';
import { shareOf } from './shares.ts';

/** A table in Markdown. Figures are aligned by whoever prints it. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Rows of pages: ours beside each other server that was measured. */
export function pairedTable(rows: readonly PairedRow[]): string {
  const others = ['other', 'floor'].filter((name) =>
    rows.some(({ measured }) => measured[name] !== undefined),
  );
  const header = [
    'page',
    'ours, requests/s',
    'CPU ms: ours + Postgres',
    'p50, p99 ms',
    ...others.flatMap((name) => [
      `${name}, requests/s`,
      `CPU ms: ${name} + Postgres`,
      `share of ${name}`,
      'by CPU',
    ]),
    'spread',
  ];
  return table(
    header,
    rows.map((row) => pairedCells(row, others)),
  );
}

function pairedCells({ name, measured, noisy }: PairedRow, others: readonly string[]): string[] {
  const series = measured.ours ?? [];
  const ours = medianOf(series);
  const shares = others.map((other) => shareOf(series, measured[other] ?? []));
  return [
    noisy ? `${name} (!)` : name,
    rate(ours),
    times(ours),
    `${milliseconds(ours.p50)}, ${milliseconds(ours.p99)}`,
    ...others.flatMap((other, index) => {
      const theirs = medianOf(measured[other] ?? []);
      const share = shares[index];
      return [rate(theirs), times(theirs), `**${figure(share?.rate)}**`, figure(share?.time)];
    }),
    `±${Math.round((shares.at(-1)?.spread ?? 0) * 100)} %`,
  ];
}

function rate(measured: Measurement): string {
  return Math.round(measured.rate).toLocaleString('en');
}

function times({ serverTime, databaseTime }: Measurement): string {
  return `${milliseconds(serverTime)} + ${milliseconds(databaseTime)}`;
}

function milliseconds(value: number): string {
  if (Number.isNaN(value)) return '?';
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

function figure(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '?' : value.toFixed(2);
}
