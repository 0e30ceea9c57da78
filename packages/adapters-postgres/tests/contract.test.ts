import type { PGlite } from '@electric-sql/pglite';
import { silentLogger } from '@microblog/core';
import { archiveContract, storageContract } from '@microblog/core/testing';
import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { type MigratedSchema, migratedSchema } from './support/migrated-schema.ts';
import { emptyPGlite } from './support/ready-databases.ts';

const contract = [...storageContract, ...archiveContract];
/** lending.test.ts tests what the host application commits. */
const withoutCommits = [...storageContract.filter(({ ownCommits }) => !ownCommits), ...archiveContract];

let database: TestDatabase;
let pglite: PGlite;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pglite = await emptyPGlite();
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
  let knex: Knex;
  beforeAll(() => {
    knex = createKnex({ client: 'pg', connection: database.url });
  });
  afterAll(() => knex.destroy());
  const lent: Knex.Transaction[] = [];
  afterEach(async () => {
    for (const transaction of lent.splice(0)) await transaction.rollback();
  });
  runContract(
    (schema) => ({ knex, schema }),
    withoutCommits,
    async ({ schema }) => {
      const transaction = await knex.transaction();
      lent.push(transaction);
      return { knex: transaction, schema };
    },
  );
});

type Options = PostgresStorageOptions & { readonly schema: string };

/** All cases share a schema, which is empty when a case starts. `open` changes the options for one case. */
function runContract(
  optionsFor: (schema: string) => Options,
  cases = contract,
  open: (options: Options) => Promise<Options> = async (options) => options,
): void {
  let options: Options;
  let migrated: MigratedSchema;
  let storage: PostgresStorage | undefined;
  beforeAll(async () => {
    options = optionsFor(`cases_${crypto.randomUUID().replaceAll('-', '')}`);
    migrated = await migratedSchema(options);
  });
  afterAll(() => migrated.close());
  afterEach(async () => {
    await storage?.close();
    storage = undefined;
  });
  for (const { name, run } of cases) {
    it(name, () =>
      run(async () => {
        if (storage !== undefined) expect.fail('A case opens one storage.');
        await migrated.reset();
        storage = postgresStorage({ logger: silentLogger, ...(await open(options)) });
        return storage;
      }),
    );
  }
}
