import {
  type MigrationStatus,
  migrate,
  migrationStatus,
  type PostgresStorage,
  rollback,
} from '@microblog/adapters-postgres';

/** The migrations that bring a database to the schema of this release. */
export interface Migrations {
  status(): Promise<MigrationStatus>;
  /** Applies the pending migrations. Returns their names, in order. */
  apply(): Promise<readonly string[]>;
  /** Reverts the latest migration and deletes its data. Returns its name, or null if there is none. */
  takeBack(): Promise<string | null>;
}

export function migrationsOf(storage: PostgresStorage): Migrations {
  return {
    status: () => migrationStatus(storage),
    apply: () => migrate(storage),
    takeBack: () => rollback(storage),
  };
}
