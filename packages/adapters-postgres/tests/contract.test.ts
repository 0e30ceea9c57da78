import { PGlite } from '@electric-sql/pglite';
import { archiveContract, storageContract } from '@microblog/core/testing';
import createKnex from 'knex';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { migrate, type PostgresStorage, type PostgresStorageOptions, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

const contract = [...storageContract, ...archiveContract];
/** What its owner commits is in lending.test.ts. */
const withoutCommits = [...storageContract.filter(({ ownCommits }) => !ownCommits), ...archiveContract];

type Opener = (schema: string) => PostgresStorageOptions | Promise<PostgresStorageOptions>;

let database: TestDatabase;
let pglite: PGlite;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pglite = await PGlite.create();
});

afterAll(async () => {
  await pglite.close();
  await pool.end();
  await database.drop();
});

describe('the storage contract on PGlite', () => runContract((schema) => ({ pglite, schema })));

describe('the storage contract on a server', () =>
  runContract((schema) => ({ connectionString: database.url, schema })));

describe('the storage contract on a lent pool', () => runContract((schema) => ({ pool, schema })));

describe('the storage contract inside a lent transaction', () => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0)) await step();
  });
  runContract(async (schema) => {
    const knex = createKnex({ client: 'pg', connection: database.url });
    const trx = await knex.transaction();
    undo.push(
      () => trx.rollback(),
      () => knex.destroy(),
    );
    return { knex: trx, schema };
  }, withoutCommits);
});

/** Each case has a schema of its own. */
function runContract(optionsFor: Opener, cases = contract): void {
  const opened: PostgresStorage[] = [];
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
  });
  for (const { name, run } of cases) {
    it(name, () =>
      run(async () => {
        const storage = postgresStorage(await optionsFor(`case_${crypto.randomUUID().replaceAll('-', '')}`));
        opened.push(storage);
        await migrate(storage);
        return storage;
      }),
    );
  }
}
