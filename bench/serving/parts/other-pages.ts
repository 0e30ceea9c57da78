import { measureInTurn } from '../measuring/in-turn.ts';
import type { RowLoad } from '../measuring/measure.ts';
import type { Measured } from '../measuring/measured.ts';
import { gets, type ViewerKind } from '../measuring/page-loads.ts';
import type { Run } from './run.ts';

/** Requests to our server alone, compared with the first series. */
export interface ComparedRequests {
  readonly title: string;
  readonly measured: Measured;
}

/** Words that a tenth of the seeded posts or more have, so that every search has a full page of results. */
const commonWords = ['coffee', 'window', 'street', 'neighbour', 'kitchen', 'ferry', 'again', 'wall'];

/** Searches for common words, and feeds, beside a page that shows half as many posts as a search. */
export async function otherPages(run: Run): Promise<ComparedRequests[]> {
  const { options, subjects } = run;
  const load = (viewer: ViewerKind, ...paths: string[]): RowLoad => ({
    status: 200,
    requests: gets(paths, viewer, subjects),
  });
  const search = load('member', ...commonWords.map((word) => `/search?q=${word}`));
  const feeds = { 'Atom feed': load('visitor', '/feed.atom'), 'JSON feed': load('visitor', '/feed.json') };
  const chosen: Record<string, RowLoad> = {
    ...(options.parts.has('search') ? { search } : {}),
    ...(options.parts.has('feeds') ? feeds : {}),
  };
  if (Object.keys(chosen).length === 0) return [];
  // A member's page: those of visitors may be shared, so they say little of what a page costs.
  return [
    await compare(run, 'page', { 'explore, member, for comparison': load('member', '/explore'), ...chosen }),
  ];
}

/** Home in the encodings that browsers ask for, beside the same page uncompressed. */
export async function compression(run: Run): Promise<ComparedRequests[]> {
  if (!run.options.parts.has('compression')) return [];
  const home = (encoding: string): RowLoad => ({
    status: 200,
    requests: gets(['/'], 'member', run.subjects, { 'Accept-Encoding': encoding }),
  });
  const encodings = {
    'home, uncompressed': home('identity'),
    'home, gzip': home('gzip'),
    'home, br': home('br'),
  };
  return [await compare(run, 'compression', encodings)];
}

async function compare(
  { ours, measuring, turns, progress }: Run,
  title: string,
  rows: Readonly<Record<string, RowLoad>>,
): Promise<ComparedRequests> {
  const all = Object.entries(rows).map(([name, row]) => ({ name, url: ours.url, pid: ours.pid, row }));
  const measured = await measureInTurn(measuring, all, turns);
  progress(Object.keys(rows).join('; '));
  return { title, measured };
}
