import { busyReaders } from '../database/size.ts';
import { measureInTurn } from '../measuring/in-turn.ts';
import type { RowLoad } from '../measuring/measure.ts';
import type { Measured } from '../measuring/measured.ts';
import { gets, pageLoad, publishLoad } from '../measuring/page-loads.ts';
import { busyReadersOf, chooseSubjects } from '../measuring/people-and-posts.ts';
import { repository } from '../processes/microblog.ts';
import { openSite } from '../site.ts';
import type { Run } from './run.ts';

/** What pages cost with so many posts. */
export interface GrowthFigures {
  readonly posts: number;
  readonly measured: Measured;
}

/** 10,000, 200,000 and 1,000,000 posts, if the run has the usual size. */
const factors = [1 / 20, 1, 5];

/** The same pages on databases of several sizes, also for readers who follow many people. */
export async function growth(run: Run): Promise<GrowthFigures[]> {
  const { options, measuring, turns, progress } = run;
  if (!options.parts.has('growth')) return [];
  const found: GrowthFigures[] = [];
  for (const factor of factors) {
    const posts = Math.round(options.size.posts * factor);
    await using site = await openSite({ ...options.size, posts });
    const { url, pid } = await site.serve(repository);
    const subjects = await chooseSubjects(site.databaseUrl, options.targets);
    const rows: Record<string, RowLoad> = {
      [`home, ${options.size.follows} follows`]: pageLoad('home', 'member', subjects),
    };
    for (const follows of busyReaders.follows) {
      const members = await busyReadersOf(site.databaseUrl, follows);
      if (members.length > 0)
        rows[`home, ${follows} follows`] = { status: 200, requests: gets(['/'], 'member', { members }) };
    }
    rows.profile = pageLoad('profile', 'member', subjects);
    rows.explore = pageLoad('explore', 'member', subjects);
    rows.publish = await publishLoad(url, subjects);
    const contenders = Object.entries(rows).map(([name, row]) => ({ name, url, pid, row }));
    const measured = await measureInTurn({ ...measuring, postmaster: site.postmaster }, contenders, turns);
    progress(`growth: ${posts} posts`);
    found.push({ posts, measured });
  }
  return found;
}
