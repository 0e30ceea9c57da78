import { randomUUID } from 'node:crypto';
import type { ArchiveBatch, ArchiveContent, ArchiveCounts, ArchiveKind } from '@microblog/core';
import { archiveKinds, noRecords } from '@microblog/core';
import type { Database } from '../tables/database.ts';
import { archivedColumns, tableName } from './archived-columns.ts';

/** The number of records per fetch. On PGlite a fetch takes some 10 ms, and others wait for it. */
const FETCH_SIZE = 1_000;

/** Reads and closes what `openCursors` opened. */
export interface Cursors {
  readonly counts: ArchiveCounts;
  batches(database: Database): AsyncGenerator<ArchiveBatch>;
  close(database: Database): Promise<void>;
}

// Why: docs/decisions/0063-archive-snapshots.md
/**
 * Opens a cursor on each kind, in a transaction whose statements all see the same moment. With `hold` the cursors
 * survive the transaction. At the commit Postgres copies their rows, beyond `work_mem` to temporary files. Each FETCH
 * is then a short statement of its own.
 */
export async function openCursors(database: Database, { hold }: { hold: boolean }): Promise<Cursors> {
  const prefix = `archive_${randomUUID().replaceAll('-', '')}`;
  const cursorOf = (kind: ArchiveKind) => `"${prefix}_${kind}"`;
  const counts = { ...noRecords };
  for (const kind of archiveKinds) {
    counts[kind] = await database.read(async ({ raw, schema }) => {
      await raw(
        `declare ${cursorOf(kind)} no scroll cursor ${hold ? 'with hold' : ''} for ${selectAll(kind, schema)}`,
      );
      const [row] = await raw<{ count: number }>(
        `select count(*)::integer as count from "${schema}".${tableName(kind)}`,
      );
      return row?.count ?? 0;
    });
  }
  return {
    counts,
    async *batches(reader) {
      for (const kind of archiveKinds) {
        for (;;) {
          const records = await reader.read(({ raw }) => raw(`fetch ${FETCH_SIZE} from ${cursorOf(kind)}`));
          if (records.length > 0) yield { kind, records } as unknown as ArchiveBatch;
          if (records.length < FETCH_SIZE) break;
        }
      }
    },
    async close(reader) {
      for (const kind of archiveKinds) await reader.read(({ raw }) => raw(`close ${cursorOf(kind)}`));
    },
  };
}

/** The names of the migrations that the database has applied, oldest first. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const rows = await database.read(({ raw, schema }) =>
    raw<{ name: string }>(`select name from "${schema}".migrations order by applied_at, name`),
  );
  return rows.map(({ name }) => name);
}

export function contentOf(
  cursors: Cursors,
  migrations: readonly string[],
  database: Database,
): ArchiveContent {
  return { migrations, counts: cursors.counts, batches: () => cursors.batches(database) };
}

function selectAll(kind: ArchiveKind, schema: string): string {
  const { key, columns } = archivedColumns(kind);
  const list = columns.map(({ field, column }) => `${column} as "${field}"`);
  return `select ${list.join(', ')} from "${schema}".${tableName(kind)} order by ${key}`;
}
