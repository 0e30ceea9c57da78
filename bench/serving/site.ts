import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cachedFolder } from './database/cache.ts';
import { freshen } from './database/seed.ts';
import { openSeededDatabase, withStorage } from './database/seeded-server.ts';
import type { SeedSize } from './database/size.ts';
import {
  type MicroblogOptions,
  repository,
  runMicroblog,
  type ServedMicroblog,
  serveMicroblog,
} from './processes/microblog.ts';
import { postmasterOf } from './processes/postmaster.ts';

/** A seeded database server, and the servers of a run on it. */
export interface Site extends AsyncDisposable {
  readonly databaseUrl: string;
  /** Null if the database runs on another machine. */
  readonly postmaster: number | null;
  /** Starts the built server of a checkout, with a complete search index. It stops with the site at the latest. */
  serve(checkout: string): Promise<ServedMicroblog>;
}

export async function openSite(size: SeedSize): Promise<Site> {
  await using opened = new AsyncDisposableStack();
  const database = await openSeededDatabase(size);
  opened.defer(database.drop);
  const folder = await mkdtemp(join(tmpdir(), 'microblog-bench-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const index = await cachedFolder(database.seed, 'search', async (path) => {
    await mkdir(path);
    const options = { checkout: repository, dataDirectory: path, databaseUrl: database.url };
    await runMicroblog(options, ['search', 'reindex']);
  });
  await withStorage(database.url, (storage) => freshen(storage, size));
  const postmaster = await postmasterOf(database.url);
  const closing = opened.move();
  let servers = 0;
  return {
    databaseUrl: database.url,
    postmaster,
    async serve(checkout) {
      const dataDirectory = join(folder, String(++servers));
      await cp(index, dataDirectory, { recursive: true });
      const options = { checkout, dataDirectory, databaseUrl: database.url };
      const served = await serveMicroblog(options);
      closing.defer(served.stop);
      await untilIndexed(options);
      return served;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** Waits while the server fills the search index again, such as after a change of its format. */
async function untilIndexed(options: MicroblogOptions): Promise<void> {
  for (;;) {
    const status = JSON.parse(await runMicroblog(options, ['search', 'status', '--json']));
    if (status.progress.complete === true) return;
    await wait(1_000);
  }
}
