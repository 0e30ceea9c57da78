import { type RowOf, type TableName, tables } from '../memory/tables/index.ts';
import type { ArchiveTable } from './archive-table.ts';

type RecordOf<Name extends TableName> =
  (typeof tables)[Name]['archive'] extends ArchiveTable<RowOf<Name>, infer Archived> ? Archived : never;

/** A kind of record in an archive: the name of its table. `archiveKinds` has them in their order. */
export type ArchiveKind = {
  [Name in TableName]: (typeof tables)[Name]['archive'] extends null ? never : Name;
}[TableName];

/** The kinds of records in an archive, in order. Each kind comes after the kinds that it refers to. */
export const archiveKinds = Object.keys(tables).filter(
  (name): name is ArchiveKind => tables[name as TableName].archive !== null,
);

/** The type of a record of each kind. */
export type ArchiveRecords = { readonly [Kind in ArchiveKind]: RecordOf<Kind> };

/** How records of this kind are archived. */
export function archiveTable<Kind extends ArchiveKind>(
  kind: Kind,
): ArchiveTable<RowOf<Kind>, ArchiveRecords[Kind]> {
  return tables[kind].archive as unknown as ArchiveTable<RowOf<Kind>, ArchiveRecords[Kind]>;
}

/** The id by which records of a kind are ordered. */
export function archiveOrderKey<Kind extends ArchiveKind>(kind: Kind, record: ArchiveRecords[Kind]): string {
  return String(record[archiveTable(kind).orderBy]);
}

/** Records of one kind, ordered by id. Credentials are ordered by the id of their user. */
export type ArchiveBatch = {
  [Kind in ArchiveKind]: { readonly kind: Kind; readonly records: readonly ArchiveRecords[Kind][] };
}[ArchiveKind];

/** How many records of each kind an archive holds. */
export type ArchiveCounts = Readonly<Record<ArchiveKind, number>>;

/** The counts before the first record. */
export const noRecords: ArchiveCounts = Object.freeze(
  Object.fromEntries(archiveKinds.map((kind) => [kind, 0])) as Record<ArchiveKind, number>,
);

/** The largest number of records in a batch. It bounds the memory in use. */
export const ARCHIVE_BATCH_SIZE = 1_000;

/** The whole content of a storage at one moment, read from a storage or from an archive. */
export interface ArchiveContent {
  /** Names of the migrations that the storage had applied, oldest first; empty for a storage in memory. */
  readonly migrations: readonly string[];
  readonly counts: ArchiveCounts;
  /** Every record once, in the order of `archiveKinds`, then by rising id. Can be read only once. */
  batches(): AsyncIterable<ArchiveBatch>;
}

/** All records of an archive together. */
export function countAll(counts: ArchiveCounts): number {
  return archiveKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
