import type { z } from 'zod';

/** How the rows of one table are archived. */
export interface ArchiveTable<Row extends object, Archived extends object> {
  /** The first version of the format that has this kind of record. A new kind raises `ARCHIVE_VERSION`. */
  readonly since: number;
  /** The field with the id that records are ordered by. Unique among the records of this table. */
  readonly orderBy: keyof Archived & string;
  /** Every field of a record. Unknown fields are refused. */
  readonly schema: z.ZodType<Archived> & { readonly shape: Readonly<Record<string, unknown>> };
  /** Converts a record of an older archive to the current form, before it is checked. */
  upgrade?(record: unknown): unknown;
  /** The row of a record. Its counts are still zero. */
  toRow(record: Archived): Row;
}
