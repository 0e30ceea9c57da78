import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedStorage, migrate } from '@microblog/adapters-postgres';
import { cachedFolder, seedName } from '../database/cache.ts';
import { freshen, seed } from '../database/seed.ts';
import type { SeedSize } from '../database/size.ts';
import { measureInTurn } from '../measuring/in-turn.ts';
import type { Measured } from '../measuring/measured.ts';
import { pageLoad, publishLoad } from '../measuring/page-loads.ts';
import { embeddedSubjects } from '../measuring/people-and-posts.ts';
import { repository, runMicroblog, type ServedMicroblog, serveMicroblog } from '../processes/microblog.ts';
import type { ProcessMemory } from '../processes/proc-files.ts';
import { memoryOf } from '../processes/processor-time.ts';
import type { Run } from './run.ts';

/** The server with its embedded database. Times are in milliseconds. */
export interface EmbeddedFigures {
  readonly posts: number;
  readonly startTime: number;
  /** The first start after a restore; null if it was not measured. */
  readonly startTimeAfterRestore: number | null;
  readonly memoryAtStart: ProcessMemory;
  readonly memoryUnderLoad: ProcessMemory;
  readonly home: Measured;
  readonly publish: Measured;
}

/** Posts of a full run. */
const FULL_POSTS = 360_000;

export async function embedded(run: Run): Promise<EmbeddedFigures | null> {
  const { options, turns, progress } = run;
  if (!options.parts.has('embedded')) return null;
  const size = options.full
    ? { ...options.size, posts: Math.max(FULL_POSTS, options.size.posts) }
    : options.size;
  const folder = await mkdtemp(join(tmpdir(), 'microblog-bench-'));
  try {
    const dataDirectory = join(folder, 'data');
    await cp(await seededDirectory(size), dataDirectory, { recursive: true });
    const subjects = await inDatabase(dataDirectory, async (storage) => {
      await freshen(storage, size);
      return embeddedSubjects(storage, options.targets);
    });
    const startTimeAfterRestore = options.parts.has('restore')
      ? await timeAfterRestore(folder, dataDirectory)
      : null;
    progress('embedded database');
    const served = await serveMicroblog({ checkout: repository, dataDirectory, databaseUrl: null });
    try {
      const memoryAtStart = memoryOf(served.pid);
      const measuring = { ...run.measuring, postmaster: undefined };
      const contender = { name: 'ours', url: served.url, pid: served.pid };
      const home = { ...contender, row: pageLoad('home', 'member', subjects) };
      const homeMeasured = await measureInTurn(measuring, [home], turns);
      progress('embedded database: home');
      const publish = { ...contender, row: await publishLoad(served.url, subjects) };
      const publishMeasured = await measureInTurn(measuring, [publish], turns);
      progress('embedded database: publish');
      return {
        posts: size.posts,
        startTime: served.startTime,
        startTimeAfterRestore,
        memoryAtStart,
        memoryUnderLoad: memoryOf(served.pid),
        home: homeMeasured,
        publish: publishMeasured,
      };
    } finally {
      await served.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function seededDirectory(size: SeedSize): Promise<string> {
  return cachedFolder(await seedName(size), 'embedded', async (path) => {
    await mkdir(path);
    await inDatabase(path, async (storage) => {
      await migrate(storage);
      await seed(storage, size);
    });
    await runMicroblog({ checkout: repository, dataDirectory: path, databaseUrl: null }, [
      'search',
      'reindex',
    ]);
  });
}

/** Backs the database up, restores it into a new folder, and starts a server there. */
async function timeAfterRestore(folder: string, dataDirectory: string): Promise<number> {
  const restored = join(folder, 'restored');
  await mkdir(restored);
  const archive = join(folder, 'archive');
  await runMicroblog({ checkout: repository, dataDirectory, databaseUrl: null }, ['backup', archive]);
  const options = { checkout: repository, dataDirectory: restored, databaseUrl: null };
  await runMicroblog(options, ['restore', archive, '--yes']);
  const served: ServedMicroblog = await serveMicroblog(options);
  await served.stop();
  return served.startTime;
}

type EmbeddedStorage = Awaited<ReturnType<typeof embeddedStorage>>;

async function inDatabase<Result>(
  dataDirectory: string,
  work: (storage: EmbeddedStorage) => Promise<Result>,
): Promise<Result> {
  const storage = await embeddedStorage({ directory: join(dataDirectory, 'postgres') });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}
