import { migrate, type PostgresStorage, postgresStorage, type Statement } from '@microblog/adapters-postgres';
import { inject } from 'vitest';

/**
 * A migrated storage in a schema of its own on the test server, which goes when the storage is closed.
 * `onStatement` hears of each statement from then on.
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
