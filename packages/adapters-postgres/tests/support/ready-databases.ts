import { openAsBlob } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';
import { madeOnce } from '../../../../tests/support/made-once.ts';
import { embeddedStorage, migrate, postgresStorage } from '../../src/index.ts';
import { createDatabase, databaseUrl, type TestDatabase } from './databases.ts';

/** A PGlite in memory without tables. Its files are made once per test run, which takes seconds. */
export async function emptyPGlite(): Promise<PGlite> {
  const file = await madeOnce('pglite.tar', async (path) => {
    const pglite = await PGlite.create();
    await writeFile(path, (await pglite.dumpDataDir('none')).stream());
    await pglite.close();
  });
  return PGlite.create({ loadDataDir: await openAsBlob(file) });
}

/** Copies a migrated embedded database to a directory that does not exist yet. */
export async function copyEmbeddedDatabase(directory: string): Promise<void> {
  const made = await madeOnce('embedded-database', async (path) => {
    const storage = await embeddedStorage({ directory: path });
    await migrate(storage);
    await storage.close();
  });
  await cp(made, directory, { recursive: true });
}

/** As `createDatabase`, but with all migrations. */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const template = inject('templateDatabase');
  await madeOnce('server-database', async (path) => {
    await createDatabase({ name: template });
    const storage = postgresStorage({ connectionString: databaseUrl(template) });
    await migrate(storage);
    await storage.close();
    await writeFile(path, template);
  });
  return createDatabase({ template });
}
