import { PGlite } from '@electric-sql/pglite';
import { consoleLogger, MicroblogError, requireKnownOptions, silentLogger } from '@microblog/core';
import { borrowPGlite } from '../connection/connection.ts';
import { schemaName } from '../connection/identifier.ts';
import { rowTypes } from '../connection/row-types.ts';
import { reportTo } from '../connection/statements.ts';
import { type PostgresStorage, type SharedOptions, storageOn } from '../postgres-storage.ts';
import { lockDirectory } from './directory-lock.ts';
import { createOrOpen, prepareDirectory } from './storage-directory.ts';
import { tidy, tidyRegularly } from './upkeep.ts';

/** Options of `embeddedStorage`. */
export interface EmbeddedStorageOptions extends SharedOptions {
  /** The directory of the database, created if missing. `.lock` and `.lock.pid` files lie next to it. */
  readonly directory: string;
}

/**
 * A storage on a Postgres that runs inside this process (PGlite) and keeps its files in `directory`. Only one process
 * can use it at a time. Opening takes some seconds the first time, then half a second. Committed writes survive a kill
 * at any moment. `migrate` creates the tables.
 * @throws {MicroblogError} `storage_locked` if the directory is in use, `storage_unwritable` if it can't be written,
 * `storage_failed` if the database in it can't be opened.
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
    const connection = borrowPGlite(pglite, {
      logger: options.logger ?? silentLogger,
      report: reportTo(options.onStatement, logger),
    });
    const run = (sql: string) => connection.knex.raw(sql);
    const endUpkeep = tidyRegularly(run, schema, logger);
    const release = async () => {
      endUpkeep();
      try {
        await connection.release();
        await pglite.close();
      } finally {
        lock.release();
      }
    };
    const sharing = { exclusive: true, session: 'single', logger } as const;
    const storage = storageOn({ ...connection, location: directory, release }, schema, sharing);
    return {
      ...storage,
      async load(content, options) {
        const loaded = await storage.load(content, options);
        await tidy(run, schema);
        return loaded;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The default of 128 MB stays in memory once it was used. The system caches the files too. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB', '-c', 'jit=off'];

async function openPGlite(directory: string): Promise<PGlite> {
  return createOrOpen(directory, async () => {
    try {
      return await PGlite.create({ dataDir: directory, parsers: rowTypes.parsers, startParams });
    } catch (error) {
      throw new MicroblogError(
        'storage_failed',
        `The database in ${directory} can't be opened. Restore a backup of the directory, or move it away to start with a new one.`,
        { details: { directory }, cause: error },
      );
    }
  });
}
