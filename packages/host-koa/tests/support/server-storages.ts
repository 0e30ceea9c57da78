import {
  type PostgresStorage,
  type PostgresStorageOptions,
  postgresStorage,
} from '@microblog/adapters-postgres';
import { inject } from 'vitest';
import {
  type MigratedSchema,
  migratedSchema,
} from '../../../adapters-postgres/tests/support/migrated-schema.ts';

interface Kept {
  readonly options: PostgresStorageOptions;
  readonly migrated: MigratedSchema;
}

/** Empty storages on the test server for many hosts. A schema is used again after its storage was closed. */
export interface ServerStorages {
  open(): Promise<PostgresStorage>;
  /** Removes the schemas. */
  drop(): Promise<void>;
}

export function serverStorages(): ServerStorages {
  const all: Kept[] = [];
  const free: Kept[] = [];
  async function migrateAnother(): Promise<Kept> {
    const schema = `host_${crypto.randomUUID().replaceAll('-', '')}`;
    const options = { connectionString: inject('postgresUrl'), schema, poolSize: 3 };
    const kept = { options, migrated: await migratedSchema(options) };
    all.push(kept);
    return kept;
  }
  return {
    async open() {
      const kept = free.pop() ?? (await migrateAnother());
      await kept.migrated.reset();
      const storage = postgresStorage(kept.options);
      return {
        ...storage,
        async close() {
          await storage.close();
          free.push(kept);
        },
      };
    },
    async drop() {
      for (const { migrated } of all) {
        await migrated.drop();
        await migrated.close();
      }
    },
  };
}
