import type { ArchiveKind } from '@microblog/core';
import { tables } from '../tables/index.ts';
import type { ArchivedColumns } from '../tables/table.ts';

/** A database column that archives include. */
interface ArchivedColumn {
  /** The field of a record. */
  readonly field: string;
  readonly column: string;
  readonly type: string;
}

/** The archived columns of a table, in the order of their declaration, and the column that records are ordered by. */
export function archivedColumns(kind: ArchiveKind): {
  readonly key: string;
  readonly columns: readonly ArchivedColumn[];
} {
  const { key, columns }: ArchivedColumns = tables[kind].archive;
  return {
    key,
    columns: Object.entries(columns).map(([field, [column, type]]) => ({ field, column, type })),
  };
}

export function tableName(kind: ArchiveKind): string {
  return tables[kind].name;
}
