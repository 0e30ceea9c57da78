import { type ArchiveContent, type ArchiveStorage, archiveFault, archiveUnsupported } from '@microblog/core';
import type { TransactionalDatabase } from '../database.ts';
import { migrations } from '../migrations/index.ts';
import type { Database } from '../tables/database.ts';
import { appliedMigrations, contentOf, openCursors } from './read-snapshot.ts';
import { requireNoUsers, stagingTables } from './write-content.ts';

/**
 * How this storage shares the database with others. `pool`: every transaction has its own connection. `single`: one
 * connection for all (PGlite), so a transaction blocks all others. `lent`: everything happens inside a transaction of
 * the host application.
 */
export type Session = 'pool' | 'single' | 'lent';

export function postgresArchive(database: TransactionalDatabase, session: Session): ArchiveStorage {
  const strategies = { pool: inOneTransaction, single: withHeldCursors, lent: inLentTransaction };
  return {
    snapshot: (work) => strategies[session](database, work),

    async load(content, { replace = false } = {}) {
      refuseNewer(content);
      const staging = stagingTables();
      // `apply` checks again under a lock. This early check avoids reading all the content in vain.
      if (!replace) await requireNoUsers(database);
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

/** Rows that others delete meanwhile stay visible to this transaction. It blocks no other session. */
function inOneTransaction<Result>(database: TransactionalDatabase, work: Reading<Result>): Promise<Result> {
  const readAll = async (inside: Database) => {
    // The consumer of the archive may be slow. The server must not end the session for that.
    await inside.read(({ raw }) => raw('set local idle_in_transaction_session_timeout = 0'));
    const cursors = await openCursors(inside, { hold: false });
    return work(contentOf(cursors, await appliedMigrations(inside), inside));
  };
  return database.transaction(readAll, { isolationLevel: 'repeatable read', readOnly: true });
}

/** Only opening the cursors blocks others: some 0.3 s for 200,000 posts and 100,000 follows. */
async function withHeldCursors<Result>(
  database: TransactionalDatabase,
  work: Reading<Result>,
): Promise<Result> {
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

/** As consistent as the lent transaction is: in READ COMMITTED, it sees writes that others commit meanwhile. */
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
  if (newer.length > 0) throw archiveUnsupported(`It comes from a database with ${newer.join(', ')}.`);
}
