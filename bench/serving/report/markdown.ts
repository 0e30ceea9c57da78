import type { BenchResults } from '../bench.ts';
import { medianOf } from '../measuring/measurement.ts';
import type { EmbeddedFigures } from '../parts/embedded.ts';
import type { GrowthFigures } from '../parts/growth.ts';
import type { MemoryPoint } from '../parts/memory.ts';
import type { ComparedRequests } from '../parts/other-pages.ts';
import type { PairedPages } from '../parts/paired-pages.ts';
import type { ProcessMemory } from '../processes/proc-files.ts';
import { marked, percent, precise, table, times, whole } from './figures.ts';
import { shareOf, shareSpread } from './shares.ts';

/** All tables of a run. */
export function markdown(results: BenchResults): string {
  const { pairs, compared, memory, embedded, growth } = results;
  const tables = [
    ...(pairs.length === 0 ? [] : [pairedTable(pairs)]),
    ...compared.map(comparedTable),
    ...(memory.length === 0 ? [] : [memoryTable(memory)]),
    ...(embedded === null ? [] : [embeddedTable(embedded)]),
    ...(growth.length === 0 ? [] : [growthTable(growth)]),
  ];
  return `${tables.join('\n\n')}\n`;
}

/** Whether a row of the results was measured while other work had the processors. */
export function isNoisy({ pairs, compared, embedded, growth }: BenchResults): boolean {
  const measured = [...pairs, ...compared, ...growth].map((row) => row.measured);
  return [...measured, ...(embedded === null ? [] : [embedded.home, embedded.publish])].some(
    ({ noisy }) => noisy,
  );
}

function pairedTable(rows: readonly PairedPages[]): string {
  const others = ['other', 'floor'].filter((name) =>
    rows.some(({ measured }) => measured.series[name] !== undefined),
  );
  const header = [
    ...['page', 'ours, requests/s', 'CPU ms a page: ours + Postgres', 'p50, p99 ms'],
    ...others.flatMap((name) => [
      ...[`${name}, requests/s`, `CPU ms: ${name} + Postgres`, `share of ${name}`, 'share by CPU', 'spread'],
    ]),
  ];
  const cells = rows.map(({ name, measured: { series, noisy } }) => {
    const own = series.ours ?? [];
    const ours = medianOf(own);
    const beside = others.flatMap((other) => {
      const theirs = series[other];
      if (theirs === undefined) return ['', '', '', '', ''];
      const [middle, share] = [medianOf(theirs), shareOf(own, theirs)];
      const figures = [
        `**${precise(share.rate)}**`,
        precise(share.time),
        `±${percent(shareSpread(own, theirs))}`,
      ];
      return [whole(middle.rate), times(middle), ...figures];
    });
    return [
      marked(name, noisy),
      whole(ours.rate),
      times(ours),
      `${precise(ours.p50)}, ${precise(ours.p99)}`,
      ...beside,
    ];
  });
  return table(header, cells);
}

function comparedTable({ title, measured: { series, noisy } }: ComparedRequests): string {
  const [first] = Object.values(series);
  const header = [title, 'requests/s', 'CPU ms: server + Postgres', '× CPU of the first', 'bytes'];
  const cells = Object.entries(series).map(([name, each]) => {
    const middle = medianOf(each);
    const factor = 1 / shareOf(each, first ?? []).time;
    return [marked(name, noisy), whole(middle.rate), times(middle), precise(factor), whole(middle.bytes)];
  });
  return table(header, cells);
}

function memoryTable(points: readonly MemoryPoint[]): string {
  return table(
    ['requests', 'memory of the server: PSS, MB', 'RSS, MB'],
    points.map(({ requests, memory: { pss, rss } }) => [whole(requests), whole(pss), whole(rss)]),
  );
}

function embeddedTable(figures: EmbeddedFigures): string {
  const rows = (['home', 'publish'] as const).map((name) => {
    const { series, noisy } = figures[name];
    const middle = medianOf(series.ours ?? []);
    return [
      marked(`${name}: requests/s at CPU ms`, noisy),
      `${whole(middle.rate)} at ${precise(middle.serverTime)}`,
    ];
  });
  const { posts, startTime, startTimeAfterRestore, memoryAtStart, memoryUnderLoad } = figures;
  return table(
    [`embedded database, ${whole(posts)} posts`, 'measured'],
    [
      ...rows,
      ['memory at the start: PSS, RSS', inMegabytes(memoryAtStart)],
      ['memory under load: PSS, RSS', inMegabytes(memoryUnderLoad)],
      ['start', `${precise(startTime / 1000)} s`],
      ...(startTimeAfterRestore === null
        ? []
        : [['first start after a restore', `${precise(startTimeAfterRestore / 1000)} s`]]),
    ],
  );
}

function inMegabytes({ pss, rss }: ProcessMemory): string {
  return `${whole(pss)} MB, ${whole(rss)} MB`;
}

/** The first column has the requests, the others the database time for each number of posts. */
function growthTable(rows: readonly GrowthFigures[]): string {
  const names = Object.keys(rows[0]?.measured.series ?? {});
  const header = [
    'Postgres, CPU ms',
    ...rows.map(({ posts, measured }) => marked(`${whole(posts)} posts`, measured.noisy)),
  ];
  const cells = names.map((name) => [
    name,
    ...rows.map(({ measured }) => precise(medianOf(measured.series[name] ?? []).databaseTime)),
  ]);
  return table(header, cells);
}
