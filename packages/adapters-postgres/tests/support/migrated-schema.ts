import { migrate, type PostgresStorageOptions, postgresStorage } from '../../src/index.ts';

/** A schema that is migrated once and reset for each case. */
export interface MigratedSchema {
  /** Resets its tables to the state after the migrations: empty, except for rows that migrations insert. */
  reset(): Promise<void>;
  drop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Migrates the schema in `options`. Reads its tables, and the rows that migrations inserted, from the catalogue, so a
 * new migration needs no change here.
 */
export async function migratedSchema(options: PostgresStorageOptions): Promise<MigratedSchema> {
  const storage = postgresStorage(options);
  await migrate(storage);
  const tables = await storage.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text in (quote_ident(?), quote_ident(?))`,
    [storage.schema, `${storage.schema}_jobs`],
  );
  const steps: string[] = [];
  for (const { name } of tables) {
    steps.push(`delete from ${name};`);
    const inserted = await storage.query<{ row: unknown }>(`select to_json(r) as row from ${name} r`, []);
    if (inserted.length === 0) continue;
    const rows = JSON.stringify(inserted.map(({ row }) => row)).replaceAll("'", "''");
    steps.push(`insert into ${name} select * from json_populate_recordset(null::${name}, '${rows}');`);
  }
  // In the role of a replica, Postgres runs no triggers and checks no foreign keys, so any order works.
  const reset = `do $reset$ begin
    set local session_replication_role = replica;
    ${steps.join('\n')}
  end $reset$`;
  return {
    reset: async () => void (await storage.knex.raw(reset)),
    drop: async () => {
      for (const schema of [storage.schema, `${storage.schema}_jobs`]) {
        await storage.knex.raw('drop schema if exists ?? cascade', [schema]);
      }
    },
    close: () => storage.close(),
  };
}
