import {
  migrate,
  migrationStatus,
  type PostgresStorage,
  type StatusOptions,
} from '@microblog/adapters-postgres';
import { MicroblogError } from '@microblog/core';
import type { Application } from './application.ts';

/**
 * Makes sure that the database fits this version of the program. An embedded one is migrated; a server,
 * which other processes may be using, is only looked at.
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
 * Whether the database fits this version of the program, within the time for each of two statements, in
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
