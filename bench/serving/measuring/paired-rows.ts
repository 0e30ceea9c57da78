import type { FloorProcess } from '../floor/start-floor.ts';
import type { BenchOptions, PartName } from '../options.ts';
import type { ServedMicroblog } from '../processes/microblog.ts';
import { measureInTurn, type Series } from './in-turn.ts';
import type { Contender, Measuring, RowLoad } from './measure.ts';
import { type PageName, pageLoad, pageNames, publishLoad } from './page-loads.ts';
import type { Subjects } from './people-and-posts.ts';

/** A row of the table: one page for one kind of viewer. */
export interface PairedRow extends Series<string> {
  readonly name: string;
}

export interface PairedNeeds {
  readonly measuring: Measuring;
  readonly subjects: Subjects;
  readonly ours: ServedMicroblog;
  readonly other: ServedMicroblog | null;
  readonly floor: FloorProcess | null;
}

const REPETITIONS = 3;

/** Measures the chosen pages, one row after the other. Publishing is last, since it changes what others show. */
export async function* pairedRows(options: BenchOptions, needs: PairedNeeds): AsyncGenerator<PairedRow> {
  const { ours, other, floor, subjects, measuring } = needs;
  const contenders = (base: 'floor' | 'koa'): Contender[] => [
    { name: 'ours', url: ours.url, pid: ours.pid },
    ...(other === null ? [] : [{ name: 'other', url: other.url, pid: other.pid }]),
    ...(floor === null ? [] : [{ name: 'floor', url: floor[base], pid: floor.pid }]),
  ];
  const row = async (name: string, base: 'floor' | 'koa', load: RowLoad): Promise<PairedRow> => {
    const turns = { rounds: options.rounds, noiseLimit: options.noiseLimit, repetitions: REPETITIONS };
    const all = contenders(base).map((contender) => ({ ...contender, row: load }));
    return { name, ...(await measureInTurn(measuring, all, turns)) };
  };
  const isPage = (part: PartName): part is PageName => pageNames.some((page) => page === part);
  for (const viewer of options.viewers) {
    for (const page of options.parts.filter(isPage)) {
      yield await row(`${page}, ${viewer}`, 'floor', pageLoad(page, viewer, subjects));
    }
  }
  if (options.parts.includes('sign-in')) {
    const requests = [{ method: 'GET' as const, path: '/login', headers: {} }];
    yield await row('sign-in page', 'koa', { status: 200, requests });
  }
  if (options.parts.includes('publish')) {
    yield await row('publish', 'floor', await publishLoad(ours.url, subjects));
  }
}
