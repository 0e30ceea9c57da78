import { measureInTurn } from '../measuring/in-turn.ts';
import type { RowLoad } from '../measuring/measure.ts';
import type { Measured } from '../measuring/measured.ts';
import { gets } from '../measuring/page-loads.ts';
import type { Run } from './run.ts';

/** Requests to our server alone, compared with the first series. */
export interface ComparedRequests {
  readonly title: string;
  readonly measured: Measured;
}

/** Searches for a common word, and feeds, beside the page that shows as many new posts. */
export async function otherPages(run: Run): Promise<ComparedRequests[]> {
  const { parts } = run.options;
  const visit = (path: string): RowLoad => ({ status: 200, requests: gets([path], 'visitor', run.subjects) });
  const chosen: Record<string, RowLoad> = {
    ...(parts.has('search') ? { search: visit('/search?q=coffee') } : {}),
    ...(parts.has('feeds') ? { 'Atom feed': visit('/feed.atom'), 'JSON feed': visit('/feed.json') } : {}),
  };
  if (Object.keys(chosen).length === 0) return [];
  return [await compare(run, 'page', { 'explore, for comparison': visit('/explore'), ...chosen })];
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
