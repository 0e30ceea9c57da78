import type { FloorProcess } from '../floor/start-floor.ts';
import { measureInTurn } from '../measuring/in-turn.ts';
import type { Contender, RowLoad } from '../measuring/measure.ts';
import type { Measured } from '../measuring/measured.ts';
import { pageLoad, pageNames, publishLoad } from '../measuring/page-loads.ts';
import type { ServedMicroblog } from '../processes/microblog.ts';
import type { Run } from './run.ts';

/** Pages of ours beside the same ones of other servers: the series `ours`, `other` and `floor`. */
export interface PairedPages {
  readonly name: string;
  readonly measured: Measured;
}

export interface Opponents {
  readonly other: ServedMicroblog | null;
  readonly floor: FloorProcess | null;
}

/** Measures the chosen pages, one after the other. */
export async function pairedPages(run: Run, opponents: Opponents): Promise<PairedPages[]> {
  const { options, subjects } = run;
  const rows: PairedPages[] = [];
  for (const viewer of options.viewers) {
    for (const page of pageNames.filter((name) => options.parts.has(name))) {
      const load = pageLoad(page, viewer, subjects);
      rows.push(await measurePair(run, opponents, `${page}, ${viewer}`, 'floor', load));
    }
  }
  if (options.parts.has('sign-in')) {
    const requests = [{ method: 'GET' as const, path: '/login', headers: {} }];
    rows.push(await measurePair(run, opponents, 'sign-in page', 'koa', { status: 200, requests }));
  }
  return rows;
}

/** Measures publishing, by members in turn. */
export async function pairedPublishing(run: Run, opponents: Opponents): Promise<PairedPages[]> {
  if (!run.options.parts.has('publish')) return [];
  const load = await publishLoad(run.ours.url, run.subjects);
  return [await measurePair(run, opponents, 'publish', 'floor', load)];
}

async function measurePair(
  { ours, measuring, turns, progress }: Run,
  { other, floor }: Opponents,
  name: string,
  base: 'floor' | 'koa',
  row: RowLoad,
): Promise<PairedPages> {
  const contenders: Contender[] = [
    { name: 'ours', url: ours.url, pid: ours.pid },
    ...(other === null ? [] : [{ name: 'other', url: other.url, pid: other.pid }]),
    ...(floor === null ? [] : [{ name: 'floor', url: floor[base], pid: floor.pid }]),
  ];
  const all = contenders.map((contender) => ({ ...contender, row }));
  const measured = await measureInTurn(measuring, all, turns);
  progress(name);
  return { name, measured };
}
