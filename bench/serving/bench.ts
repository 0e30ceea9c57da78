import { resolve } from 'node:path';
import { floorPages } from './floor/floor-spec.ts';
import { type FloorProcess, startFloor } from './floor/start-floor.ts';
import { startLoad } from './load/load.ts';
import { memberCookies } from './load/member-cookies.ts';
import { pageLoad, pageNames } from './measuring/page-loads.ts';
import { chooseSubjects, type Subjects, sampleSubjects } from './measuring/people-and-posts.ts';
import { requireSameBytes } from './measuring/same-bytes.ts';
import type { BenchOptions } from './options.ts';
import { type EmbeddedFigures, embedded } from './parts/embedded.ts';
import { type GrowthFigures, growth } from './parts/growth.ts';
import { type MemoryPoint, memory } from './parts/memory.ts';
import { type ComparedRequests, compression, otherPages } from './parts/other-pages.ts';
import { type PairedPages, pairedPages, pairedPublishing } from './parts/paired-pages.ts';
import type { Run } from './parts/run.ts';
import { repository, SECRET_KEY } from './processes/microblog.ts';
import { openSite } from './site.ts';

/** Everything that a run measured. Parts that were not chosen are empty or null. */
export interface BenchResults {
  readonly pairs: readonly PairedPages[];
  readonly compared: readonly ComparedRequests[];
  readonly memory: readonly MemoryPoint[];
  readonly embedded: EmbeddedFigures | null;
  readonly growth: readonly GrowthFigures[];
}

/** Requests of each row whose pages are compared with those of the floor. */
const COMPARED_PAGES = 5;

export async function runBench(
  options: BenchOptions,
  progress: (what: string) => void,
): Promise<BenchResults> {
  await using site = await openSite(options.size);
  progress('database');
  await using started = new AsyncDisposableStack();
  const ours = await site.serve(repository);
  const other = options.against === null ? null : await site.serve(resolve(options.against));
  const subjects = await chooseSubjects(site.databaseUrl, options.targets);
  const floor = options.withFloor ? await floorBeside(site.databaseUrl, ours.url) : null;
  if (floor !== null) {
    started.defer(floor.stop);
    await requireSamePages(ours.url, floor.floor, subjects);
  }
  const load = startLoad();
  started.defer(load.stop);
  progress('servers');
  const { connections, seconds, rounds, noiseLimit } = options;
  const run: Run = {
    options,
    turns: { rounds, noiseLimit },
    measuring: { load, postmaster: site.postmaster, connections, seconds },
    subjects,
    ours,
    progress,
  };
  const pages = await pairedPages(run, { other, floor });
  const compared = [...(await otherPages(run)), ...(await compression(run))];
  // After all pages, since it changes what they show.
  const publishing = await pairedPublishing(run, { other, floor });
  return {
    pairs: [...pages, ...publishing],
    compared,
    memory: await memory(run, site),
    embedded: await embedded(run),
    growth: await growth(run),
  };
}

async function floorBeside(databaseUrl: string, url: string): Promise<FloorProcess> {
  const sample = await sampleSubjects(databaseUrl);
  const pages = await floorPages({ ...sample, url, cookie: memberCookies(sample.viewer) });
  return startFloor({ databaseUrl, secretKey: SECRET_KEY, ...pages });
}

async function requireSamePages(ours: string, floor: string, subjects: Subjects): Promise<void> {
  for (const viewer of ['member', 'visitor'] as const) {
    for (const page of pageNames) {
      const { requests } = pageLoad(page, viewer, subjects);
      await requireSameBytes(ours, floor, requests.slice(0, COMPARED_PAGES));
    }
  }
}
