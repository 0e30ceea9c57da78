import { PGlite } from '@electric-sql/pglite';
import { consoleLogger, MicroblogError, requireKnownOptions, silentLogger } from '@microblog/core';
import { borrowPGlite } from '../connection/connection.ts';
import { schemaName } from '../connection/identifier.ts';
import { rowTypes } from '../connection/row-types.ts';
import { observeStatements } from '../connection/statements.ts';
import { type PostgresStorage, type SharedOptions, storageOn } from '../postgres-storage.ts';
import { lockDirectory } from './directory-lock.ts';
import { createOrOpen, prepareDirectory } from './storage-directory.ts';

/** Where an embedded database lies, and who hears of it. */
export interface EmbeddedStorageOptions extends SharedOptions {
  /** Where the database lives; made where it is missing. `.lock` and `.lock.pid` files lie beside it. */
  readonly directory: string;
}

/**
 * A storage on a Postgres that runs inside this process (PGlite) and keeps its files in `directory`, for one
 * process at a time. Opening takes some seconds the first time, half a second later on. What was written
 * survives a kill at any moment. The tables are made by `migrate`.
 * @throws {MicroblogError} `storage_locked` where the directory is in use, `storage_unwritable` where it can't
 * be written, `storage_failed` where the database in it can't be opened.
 */
export async function embeddedStorage(options: EmbeddedStorageOptions): Promise<PostgresStorage> {
  const known = { directory: true, schema: true, logger: true, onStatement: true } as const;
  requireKnownOptions('embeddedStorage', options, known);
  const schema = schemaName(options.schema);
  const directory = prepareDirectory(options.directory);
  const { logger = consoleLogger } = options;
  const lock = lockDirectory(directory);
  try {
    const pglite = await openPGlite(directory);
    const connection = borrowPGlite(pglite, options.logger ?? silentLogger);
    if (options.onStatement !== undefined) {
      observeStatements(connection.knex, options.onStatement, logger);
    }
    const release = async () => {
      try {
        await connection.release();
        await pglite.close();
      } finally {
        lock.release();
      }
    };
    const sharing = { exclusive: true, session: 'single', logger } as const;
    return storageOn({ knex: connection.knex, location: directory, release }, schema, sharing);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openPGlite(directory: string): Promise<PGlite> {
  return createOrOpen(directory, async () => {
    try {
      return await PGlite.create({ dataDir: directory, parsers: rowTypes.parsers });
    } catch (error) {
      throw new MicroblogError(
        'storage_failed',
        `The database in ${directory} can't be opened. Put back a backup of the directory, or move it away to begin anew.`,
        { details: { directory }, cause: error },
      );
    }
  });
}
