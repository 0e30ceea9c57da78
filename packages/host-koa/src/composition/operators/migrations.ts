import {
  type MigrationStatus,
  migrate,
  migrationStatus,
  type PostgresStorage,
  rollback,
} from '@microblog/adapters-postgres';

/** The steps that bring a database to the form that this release needs. */
export interface Migrations {
  status(): Promise<MigrationStatus>;
  /** Applies what is pending. Returns the names, in order. */
  apply(): Promise<readonly string[]>;
  /** Takes back the latest one, with the data that only it could hold. Returns its name, or null if there is none. */
  takeBack(): Promise<string | null>;
}

export function migrationsOf(storage: PostgresStorage): Migrations {
  return {
    status: () => migrationStatus(storage),
    apply: () => migrate(storage),
    takeBack: () => rollback(storage),
  };
}
