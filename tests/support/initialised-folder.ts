import { mkdir } from 'node:fs/promises';
import { copyEmbeddedDatabase } from './databases.ts';
import { temporaryFolder } from './microblog-process.ts';

/** A temporary folder with an embedded database in its data directory. The database is migrated and empty. */
export async function initialisedFolder(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await mkdir(`${folder.path}/data`, { mode: 0o700 });
  await copyEmbeddedDatabase(`${folder.path}/data/postgres`);
  return folder;
}
