/** `pnpm bench`: see `options.ts` for its options and docs/performance.md for figures. */

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usualSize } from './database/size.ts';
import { floorPages } from './floor/floor-spec.ts';
import { startFloor } from './floor/start-floor.ts';
import { startLoad } from './load/load.ts';
import { memberCookies } from './load/member-cookies.ts';
import { pageLoad, pageNames } from './measuring/page-loads.ts';
import { type PairedRow, pairedRows } from './measuring/paired-rows.ts';
import { chooseSubjects } from './measuring/people-and-posts.ts';
import { requireSameBytes } from './measuring/same-bytes.ts';
import { openSite } from './measuring/site.ts';
import { type BenchOptions, help, parseOptions } from './options.ts';
import { repository, SECRET_KEY } from './processes/microblog.ts';
import { pairedTable } from './report/markdown.ts';

/** Says on standard error what was done, and when. */
function progress(what: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${what}`);
}

async function run(options: BenchOptions): Promise<void> {
  await using site = await openSite(usualSize);
  progress('database');
  await using stack = new AsyncDisposableStack();
  const ours = await site.serve(repository);
  const other = options.against === null ? null : await site.serve(resolve(options.against));
  const subjects = await chooseSubjects(site.databaseUrl);
  const { sample } = subjects;
  const floor = options.withFloor
    ? await startFloor({
        databaseUrl: site.databaseUrl,
        secretKey: SECRET_KEY,
        ...(await floorPages({ ...sample, url: ours.url, cookie: memberCookies(sample.viewer) })),
      })
    : null;
  if (floor !== null) {
    stack.defer(floor.stop);
    for (const viewer of options.viewers) {
      for (const page of pageNames) {
        await requireSameBytes(ours.url, floor.floor, pageLoad(page, viewer, subjects).requests.slice(0, 5));
      }
    }
  }
  progress('servers');
  const load = startLoad();
  stack.defer(load.stop);
  const { connections, seconds } = options;
  const measuring = { load, postmaster: site.postmaster, connections, seconds };
  const rows: PairedRow[] = [];
  for await (const row of pairedRows(options, { measuring, subjects, ours, other, floor })) {
    progress(row.name);
    rows.push(row);
  }
  console.log(pairedTable(rows));
  if (options.json !== null) await writeFile(options.json, JSON.stringify({ rows }, null, 2));
}

const options = parseOptions(process.argv.slice(2));
if (options === 'help') console.log(help);
else await run(options);
