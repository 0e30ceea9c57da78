import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedFolder } from '../database/cache.ts';
import { openSeededDatabase } from '../database/seeded-server.ts';
import type { SeedSize } from '../database/size.ts';
import {
  type MicroblogOptions,
  repository,
  runMicroblog,
  type ServedMicroblog,
  serveMicroblog,
} from '../processes/microblog.ts';
import { postmasterOf } from '../processes/postmaster.ts';

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
    await fillIndex({ checkout: repository, dataDirectory: path, databaseUrl: database.url });
  });
  const closing = opened.move();
  let servers = 0;
  return {
    databaseUrl: database.url,
    postmaster: await postmasterOf(database.url),
    async serve(checkout) {
      const dataDirectory = join(folder, String(++servers));
      await cp(index, dataDirectory, { recursive: true });
      const options = { checkout, dataDirectory, databaseUrl: database.url };
      await fillIndex(options);
      const served = await serveMicroblog(options);
      closing.defer(served.stop);
      return served;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** Adds what the search index lacks, so that the server does not do it while it is measured. */
async function fillIndex(options: MicroblogOptions): Promise<void> {
  await runMicroblog(options, ['search', 'reindex']);
}
