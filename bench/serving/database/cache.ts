import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrationScript } from '@microblog/adapters-postgres';
import type { SeedSize } from './size.ts';

/** The files that decide which rows there are. */
const programs = ['seed.ts', 'people.ts', 'post-texts.ts', 'size.ts', '../../repeatable-random.ts'];
const cache = fileURLToPath(new URL('../../../node_modules/.cache/microblog-bench/', import.meta.url));

/** The name of a database with these rows: it changes with the size, the programs that write them and the migrations. */
export async function seedName({ people, posts, follows }: SeedSize): Promise<string> {
  const hash = createHash('sha256').update(await migrationScript({ applied: [] }));
  for (const file of programs) hash.update(await readFile(new URL(file, import.meta.url)));
  return `microblog_bench_${people}_${posts}_${follows}_${hash.digest('hex').slice(0, HASH_LENGTH)}`;
}

const HASH_LENGTH = 12;

/**
 * The folder `kind` of the seeded database `name`, kept between runs. If it is missing, `fill` makes it: it gets the
 * path of a folder that does not exist yet.
 */
export async function cachedFolder(
  name: string,
  kind: string,
  fill: (path: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name, kind);
  if (existsSync(folder)) return folder;
  await removeOutdated(name);
  await mkdir(join(cache, name), { recursive: true });
  // Filled under another name: a run that is interrupted leaves nothing that looks finished.
  const unfinished = `${folder}.${process.pid}`;
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Removes databases of the same size that other programs or migrations made: each takes hundreds of megabytes. */
async function removeOutdated(name: string): Promise<void> {
  if (!existsSync(cache)) return;
  const size = name.slice(0, -HASH_LENGTH);
  const outdated = (await readdir(cache)).filter((other) => other.startsWith(size) && other !== name);
  for (const other of outdated) await rm(join(cache, other), { recursive: true, force: true });
}
