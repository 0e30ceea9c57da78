import type { z } from 'zod';

/** How the rows of one table stand in an archive. */
export interface ArchiveTable<Row extends object, Archived extends object> {
  /** The first version of the format that has this kind of record. A new kind raises `ARCHIVE_VERSION`. */
  readonly since: number;
  /** The field with the id by which records are ordered; unique among them. */
  readonly orderBy: keyof Archived & string;
  /** Every field of a record, strictly. */
  readonly schema: z.ZodType<Archived> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Turns what an older archive has into the form of today, before it is checked. */
  upgrade?(record: unknown): unknown;
  /** The row that a record stands for, before anything is counted. */
  toRow(record: Archived): Row;
}
