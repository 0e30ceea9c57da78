import { requireKnownOptions } from '@microblog/core';
import type { PostgresStorage } from '../postgres-storage.ts';
import { migrations } from './index.ts';
import { applyPending, compareWith, type MigrationStatus, undoLast } from './runner.ts';

/** How far a database is migrated. */
export interface MigrateOptions {
  /** The last migration to apply, by name; `latest` unless told. */
  readonly to?: string;
}

/**
 * Brings the database up to this code: all pending migrations, or none where one fails. Makes the schema
 * where it is missing. Several processes may call it at once: one works, the others wait and find it done.
 * Returns the names of what was applied, which is nothing where nothing was pending.
 * @throws {MicroblogError} `migrations_unknown` where the database belongs to a newer version, or where `to`
 * is no migration of this one.
 */
export async function migrate(storage: PostgresStorage, options: MigrateOptions = {}): Promise<string[]> {
  requireKnownOptions('migrate', options, { to: true });
  return applyPending(storage, migrations, options.to);
}

/**
 * Undoes the latest migration, with everything that people wrote into what it made. After the first one is
 * undone nothing is left: the record of migrations goes, and the schema too, unless it holds other things,
 * belongs to another user, or is `public`. Returns the name of what was undone, or null where nothing was.
 * @throws {MicroblogError} `migrations_unknown` where the database belongs to a newer version.
 */
export async function rollback(storage: PostgresStorage): Promise<string | null> {
  return undoLast(storage, migrations);
}

/** How the state of migrations is asked for. */
export interface StatusOptions {
  /** How long each of the two statements may take, in milliseconds; no limit unless told. */
  readonly statementTimeout?: number;
}

/**
 * Compares the database with this code. Writes nothing, and takes an empty database as it is.
 * @throws {MicroblogError} `storage_unavailable`, also where a statement takes longer than it may: its
 * connection is given up then.
 */
export async function migrationStatus(
  storage: PostgresStorage,
  options: StatusOptions = {},
): Promise<MigrationStatus> {
  requireKnownOptions('migrationStatus', options, { statementTimeout: true });
  return compareWith(storage, migrations, options);
}
