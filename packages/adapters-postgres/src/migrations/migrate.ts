import { requireKnownOptions } from '@microblog/core';
import type { PostgresStorage } from '../postgres-storage.ts';
import { migrations } from './index.ts';
import { applyPending, compareWith, type MigrationStatus, undoLast } from './runner.ts';

/** Options of `migrate`. */
export interface MigrateOptions {
  /** The name of the last migration to apply. Default: `latest`. */
  readonly to?: string;
}

/**
 * Applies all pending migrations, or none if one fails. Creates the schema if it is missing. Several processes may call
 * it at once: one works, the others wait and then find nothing to do. Returns the names of the applied migrations;
 * empty if none was pending.
 * @throws {MicroblogError} `migrations_unknown` if the database belongs to a newer version, or `to` is not a migration
 * of this one.
 */
export async function migrate(storage: PostgresStorage, options: MigrateOptions = {}): Promise<string[]> {
  requireKnownOptions('migrate', options, { to: true });
  return applyPending(storage, migrations, options.to);
}

/**
 * Undoes the latest migration, and deletes all data in what that migration made. After the first migration is undone,
 * the record of migrations is dropped. The schema is dropped too, unless it contains other objects, belongs to another
 * user, or is `public`. Returns the name of the undone migration; null if there was none.
 * @throws {MicroblogError} `migrations_unknown` if the database belongs to a newer version.
 */
export async function rollback(storage: PostgresStorage): Promise<string | null> {
  return undoLast(storage, migrations);
}

/** Options of `migrationStatus`. */
export interface StatusOptions {
  /** The time limit of each of the two statements, in milliseconds. Default: no limit. */
  readonly statementTimeout?: number;
}

/**
 * Compares the migrations of the database with those of this code. Writes nothing. Accepts an empty database.
 * @throws {MicroblogError} `storage_unavailable`, also if a statement exceeds the limit; its connection is then closed.
 */
export async function migrationStatus(
  storage: PostgresStorage,
  options: StatusOptions = {},
): Promise<MigrationStatus> {
  requireKnownOptions('migrationStatus', options, { statementTimeout: true });
  return compareWith(storage, migrations, options);
}
