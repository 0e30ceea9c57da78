import { afterAll, beforeAll, describe, it } from 'vitest';
import {
  embeddedStorage,
  migrate,
  type PostgresStorage,
  postgresStorage,
} from '../packages/adapters-postgres/src/index.ts';
import { postgresSearchIndex } from '../packages/adapters-search/src/index.ts';
import { searchIndexContract } from '../packages/core/src/testing/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { temporaryFolder } from './support/microblog-process.ts';

const cases = searchIndexContract({ kept: true, shared: true, steady: true });

/** An index whose triggers are on, in tables that hold nothing. */
async function emptied(storage: PostgresStorage) {
  const index = postgresSearchIndex(storage);
  await storage.query(`delete from "${storage.schema}".users`, []);
  await index.clear();
  return { index, storage, another: async () => postgresSearchIndex(storage) };
}

describe('postgresSearchIndex on a server', () => {
  let database: TestDatabase;
  let storage: PostgresStorage;
  beforeAll(async () => {
    database = await createDatabase();
    storage = postgresStorage({ connectionString: database.url });
    await migrate(storage);
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });
  for (const { name, run } of cases) it(name, () => run(() => emptied(storage)));
});

describe('postgresSearchIndex on an embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let storage: PostgresStorage;
  beforeAll(async () => {
    folder = await temporaryFolder();
    storage = await embeddedStorage({ directory: `${folder.path}/postgres` });
    await migrate(storage);
  });
  afterAll(async () => {
    await storage.close();
    await folder.remove();
  });
  for (const { name, run } of cases) it(name, () => run(() => emptied(storage)));
});
