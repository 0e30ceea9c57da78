import type { ArchiveTable } from '../archive/archive-table.ts';
import type { MicroblogError } from '../kernel/errors.ts';
import type { User } from '../users/user.ts';
import type { Store } from './store.ts';
import type { ReadonlyRows, TableName } from './tables/index.ts';

/**
 * The rules for the rows of one table in memory. `Store` enforces them at every write and when an archive is loaded.
 * `Archived` is the type of a record in an archive; null if archives leave the table out.
 */
export interface Table<Row extends object, Archived extends object | null = null> {
  /** The key of a row. */
  key(row: Row): string;
  /** The error of an insert whose key is in use. Default: `id_clash`. */
  readonly keyTaken?: () => MicroblogError;
  /** Other values that must be unique. Several rows may have null. */
  readonly unique?: readonly UniqueValue<Row>[];
  /** Keys of rows that must exist, by table. If one of them is deleted, this row is deleted too. */
  readonly belongsTo?: { readonly [Parent in TableName]?: (row: Row) => readonly string[] };
  /** The error of a row that refers to a missing row of this table. */
  readonly notFound?: (key: string) => MicroblogError;
  /** The user counts that this row adds one to while it exists. */
  counts?(row: Row): readonly (readonly [userId: string, count: CountName])[];
  /** Throws if the row breaks a rule by itself. */
  check?(row: Row): void;
  readonly archive: Archived extends object ? ArchiveTable<Row, Archived> : null;
}

/** A table with the repository that reads and writes it. */
export interface RepositoryTable<
  Row extends object,
  Repository extends object,
  Writes extends keyof Repository,
  Archived extends object | null = null,
> extends Table<Row, Archived> {
  /** Methods that change nothing. `rows` returns the current rows. */
  reads(rows: () => ReadonlyRows): Omit<Repository, Writes>;
  /** Methods that change rows. Each call runs in a transaction: see `memoryStorage`. */
  writes(store: Store): Pick<Repository, Writes>;
}

export interface UniqueValue<Row> {
  of(row: Row): string | null;
  taken(value: string): MicroblogError;
}

type CountName = { [Field in keyof User]: User[Field] extends number ? Field : never }[keyof User];
