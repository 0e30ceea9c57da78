import { type RowOf, type TableName, tables } from '../memory/tables/index.ts';
import type { ArchiveTable } from './archive-table.ts';

type RecordOf<Name extends TableName> =
  (typeof tables)[Name]['archive'] extends ArchiveTable<RowOf<Name>, infer Archived> ? Archived : never;

/** A kind of record in an archive: the name of its table. `archiveKinds` has them in their order. */
export type ArchiveKind = {
  [Name in TableName]: (typeof tables)[Name]['archive'] extends null ? never : Name;
}[TableName];

/** What an archive holds, each kind after those which it refers to. */
export const archiveKinds = Object.keys(tables).filter(
  (name): name is ArchiveKind => tables[name as TableName].archive !== null,
);

/** What a record of each kind looks like. */
export type ArchiveRecords = { readonly [Kind in ArchiveKind]: RecordOf<Kind> };

/** How each kind stands in an archive. */
export function archiveTable<Kind extends ArchiveKind>(
  kind: Kind,
): ArchiveTable<RowOf<Kind>, ArchiveRecords[Kind]> {
  return tables[kind].archive as unknown as ArchiveTable<RowOf<Kind>, ArchiveRecords[Kind]>;
}

/** The id by which records of a kind are ordered. */
export function archiveOrderKey<Kind extends ArchiveKind>(kind: Kind, record: ArchiveRecords[Kind]): string {
  return String(record[archiveTable(kind).orderBy]);
}

/** Some records of one kind, in the order of their ids (credentials: of their users' ids). */
export type ArchiveBatch = {
  [Kind in ArchiveKind]: { readonly kind: Kind; readonly records: readonly ArchiveRecords[Kind][] };
}[ArchiveKind];

/** How many records of each kind an archive holds. */
export type ArchiveCounts = Readonly<Record<ArchiveKind, number>>;

/** What counting begins with. */
export const noRecords: ArchiveCounts = Object.freeze(
  Object.fromEntries(archiveKinds.map((kind) => [kind, 0])) as Record<ArchiveKind, number>,
);

/** At most this many records in a batch: what is in memory at a time. */
export const ARCHIVE_BATCH_SIZE = 1_000;

/** Everything that a storage holds, at one moment: read from a storage, or from an archive. */
export interface ArchiveContent {
  /** Names of the steps that the storage's structure had gone through, the oldest first; none in memory. */
  readonly migrations: readonly string[];
  readonly counts: ArchiveCounts;
  /** Every record once, kind after kind as in `archiveKinds`, ids rising. To be read once. */
  batches(): AsyncIterable<ArchiveBatch>;
}

/** All records of an archive together. */
export function countAll(counts: ArchiveCounts): number {
  return archiveKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
