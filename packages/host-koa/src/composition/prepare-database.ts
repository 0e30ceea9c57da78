import {
  migrate,
  migrationStatus,
  type PostgresStorage,
  type StatusOptions,
} from '@microblog/adapters-postgres';
import { MicroblogError } from '@microblog/core';
import type { Application } from './application.ts';

/**
 * Ensures that the database has the schema of this version. An embedded one is migrated. A server is only checked,
 * because other processes may be using it.
 * @throws {MicroblogError} `migrations_pending`, `migrations_unknown`, `storage_unavailable`.
 */
export async function prepareDatabase({ config, storage, logger }: Application): Promise<void> {
  if (config.database.kind === 'embedded') {
    const applied = await migrate(storage);
    if (applied.length > 0) logger.info({ applied }, 'database migrated');
    return;
  }
  await requireCurrentMigrations(storage);
}

/**
 * Checks that the database has the schema of this version, with a time limit for each of two statements, in
 * milliseconds.
 * @throws {MicroblogError} `migrations_pending`, `migrations_unknown`, `storage_unavailable`.
 */
export async function requireCurrentMigrations(
  storage: PostgresStorage,
  options: StatusOptions = {},
): Promise<void> {
  const { applied, pending, unknown } = await migrationStatus(storage, options);
  if (unknown.length > 0) {
    throw new MicroblogError(
      'migrations_unknown',
      `The database is newer than this program (it has ${unknown.join(', ')}): update the program, or run "microblog downgrade" with the newer one.`,
    );
  }
  if (pending.length > 0) {
    const command = applied.length === 0 ? 'init' : 'upgrade';
    throw new MicroblogError(
      'migrations_pending',
      `The database lacks ${pending.length} migration(s): run "microblog ${command}" first (on Heroku: heroku run ${command}).`,
      { details: { pending } },
    );
  }
}
