import { migrate, type PostgresStorage, postgresStorage, type Statement } from '@microblog/adapters-postgres';
import { inject } from 'vitest';

/**
 * A migrated storage in its own schema on the test server. Closing the storage drops the schema. `onStatement` is
 * called for every statement after the migration.
 */
export async function serverStorage(
  onStatement: (statement: Statement) => void = () => {},
): Promise<PostgresStorage> {
  const schema = `host_${crypto.randomUUID().replaceAll('-', '')}`;
  let ready = false;
  const storage = postgresStorage({
    connectionString: inject('postgresUrl'),
    schema,
    poolSize: 3,
    onStatement: (statement) => (ready ? onStatement(statement) : undefined),
  });
  await migrate(storage);
  ready = true;
  return {
    ...storage,
    async close() {
      ready = false;
      await storage.knex.raw('drop schema ?? cascade', [schema]);
      await storage.close();
    },
  };
}
