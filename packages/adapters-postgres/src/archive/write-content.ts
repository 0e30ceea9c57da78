import { randomUUID } from 'node:crypto';
import { type ArchiveContent, type ArchiveKind, archiveKinds, storageNotEmpty } from '@microblog/core';
import type { Database } from '../tables/database.ts';
import { archivedColumns, tableName } from './archived-columns.ts';

/** Temporary tables of one session. The content stays there until it is complete. */
export interface Staging {
  /** Copies all the content into them, one statement per batch. */
  fill(database: Database, content: ArchiveContent): Promise<void>;
  /**
   * Moves all rows to their tables, in the transaction of `database`. One statement per kind: so the triggers that
   * count run once. With one statement per batch they would update most users many times.
   * @throws {MicroblogError} `storage_not_empty`.
   */
  apply(database: Database, options: { replace: boolean }): Promise<void>;
  drop(database: Database): Promise<void>;
}

export function stagingTables(): Staging {
  const prefix = `archive_${randomUUID().replaceAll('-', '')}`;
  const stagingOf = (kind: ArchiveKind) => `pg_temp."${prefix}_${kind}"`;
  return {
    async fill(database, content) {
      for (const kind of archiveKinds) {
        const columns = archivedColumns(kind).columns.map(({ column, type }) => `${column} ${type}`);
        await run(database, () => `create temp table "${prefix}_${kind}" (${columns.join(', ')})`);
      }
      for await (const { kind, records } of content.batches()) {
        const { columns } = archivedColumns(kind);
        const values = columns.map(({ field }) => `"${field}"`);
        const types = columns.map(({ field, type }) => `"${field}" ${type}`);
        // One parameter per batch, independent of how the driver converts arrays.
        const sql = `insert into ${stagingOf(kind)} (${columnNames(kind)})
          select ${values.join(', ')} from json_to_recordset(?::text::json) as record (${types.join(', ')})`;
        await run(database, () => sql, [JSON.stringify(records)]);
      }
    },

    async apply(database, { replace }) {
      // Others can read meanwhile. Writers wait until this transaction ends, and then see the restored rows.
      await run(database, (schema) => `lock table ${all(schema)} in share row exclusive mode`);
      if (replace) {
        for (const kind of archiveKinds.toReversed()) {
          await run(database, (schema) => `delete from "${schema}".${tableName(kind)}`);
        }
      } else {
        await requireNoUsers(database);
      }
      for (const kind of archiveKinds) {
        const names = columnNames(kind);
        await run(
          database,
          (schema) =>
            `insert into "${schema}".${tableName(kind)} (${names})
             select ${names} from ${stagingOf(kind)} order by ${archivedColumns(kind).key}`,
        );
      }
      // Otherwise the planner takes these tables for empty: an embedded database has no autovacuum to analyze them.
      await run(database, (schema) => `analyze ${all(schema)}`);
    },

    async drop(database) {
      for (const kind of archiveKinds) await run(database, () => `drop table if exists ${stagingOf(kind)}`);
    },
  };
}

/** @throws {MicroblogError} `storage_not_empty` if there are users. */
export async function requireNoUsers(database: Database): Promise<void> {
  const [row] = await run<{ there: boolean }>(
    database,
    (schema) => `select exists (select from "${schema}".users) as there`,
  );
  if (row?.there) throw storageNotEmpty();
}

function columnNames(kind: ArchiveKind): string {
  return archivedColumns(kind)
    .columns.map(({ column }) => column)
    .join(', ');
}

function all(schema: string): string {
  return archiveKinds.map((kind) => `"${schema}".${tableName(kind)}`).join(', ');
}

function run<Row>(
  database: Database,
  sql: (schema: string) => string,
  bindings: readonly string[] = [],
): Promise<Row[]> {
  return database.read(({ raw, schema }) => raw<Row>(sql(schema), bindings));
}
