import { type ArchiveContent, type ArchiveStorage, archiveFault, archiveUnsupported } from '@microblog/core';
import type { TransactionalDatabase } from '../database.ts';
import { migrations } from '../migrations/index.ts';
import type { Database } from '../tables/database.ts';
import { appliedMigrations, contentOf, openCursors } from './read-snapshot.ts';
import { refuseOthers, stagingTables } from './write-content.ts';

/**
 * How statements share the database with those of others. `pool`: every transaction has a connection of its
 * own. `single`: one connection for everybody (PGlite), on which a transaction keeps all others waiting.
 * `lent`: everything happens inside a transaction of the owner.
 */
export type Session = 'pool' | 'single' | 'lent';

export function postgresArchive(database: TransactionalDatabase, session: Session): ArchiveStorage {
  const strategies = { pool: inOneTransaction, single: setAside, lent: inLentTransaction };
  return {
    snapshot: (work) => strategies[session](database, work),

    async load(content, { replace = false } = {}) {
      refuseNewer(content);
      const staging = stagingTables();
      // Asked again under a lock; here it spares reading all of the content for nothing.
      if (!replace) await refuseOthers(database);
      try {
        if (session !== 'single') {
          await database.transaction(async (inside) => {
            await staging.fill(inside, content);
            await staging.apply(inside, { replace });
            await staging.drop(inside);
          });
          return;
        }
        try {
          await staging.fill(database, content);
          await database.transaction((inside) => staging.apply(inside, { replace }));
        } finally {
          await staging.drop(database);
        }
      } catch (error) {
        throw archiveFault(error);
      }
    },
  };
}

type Reading<Result> = (content: ArchiveContent) => Promise<Result>;

/** Vacuum leaves what was deleted meanwhile for the transaction to see; nobody waits for it. */
function inOneTransaction<Result>(database: TransactionalDatabase, work: Reading<Result>): Promise<Result> {
  const readAll = async (inside: Database) => {
    // Whoever takes the archive may be slow: the server must not end the session for that.
    await inside.read(({ raw }) => raw('set local idle_in_transaction_session_timeout = 0'));
    const cursors = await openCursors(inside, { hold: false });
    return work(contentOf(cursors, await appliedMigrations(inside), inside));
  };
  return database.transaction(readAll, { isolationLevel: 'repeatable read', readOnly: true });
}

/** A transaction for the setting aside alone, some 0.3 s for 200,000 posts and 100,000 follows. */
async function setAside<Result>(database: TransactionalDatabase, work: Reading<Result>): Promise<Result> {
  const { cursors, applied } = await database.transaction(async (inside) => ({
    cursors: await openCursors(inside, { hold: true }),
    applied: await appliedMigrations(inside),
  }));
  try {
    return await work(contentOf(cursors, applied, database));
  } finally {
    await cursors.close(database);
  }
}

/** Consistent as far as the owner's transaction is; that of READ COMMITTED sees others' writes come. */
async function inLentTransaction<Result>(database: Database, work: Reading<Result>): Promise<Result> {
  const cursors = await openCursors(database, { hold: false });
  try {
    return await work(contentOf(cursors, await appliedMigrations(database), database));
  } finally {
    await cursors.close(database);
  }
}

function refuseNewer({ migrations: applied }: ArchiveContent): void {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = applied.filter((name) => !known.has(name));
  if (newer.length > 0) throw archiveUnsupported(`It is of a database with ${newer.join(', ')}.`);
}
