import type { ArchiveKind, ArchiveRecords, MicroblogError, Repositories } from '@microblog/core';
import type { Model } from 'objection';
import type { Migration } from '../migrations/migration.ts';
import type { Database } from './database.ts';

/** Everything about one table of the database. */
export interface Table {
  /** The name of the table in the database. */
  readonly name: string;
  /**
   * The error of a call that breaks a constraint or a unique index, by its name in the migrations. Null if no
   * repository call can break it. A test fails if a name from the migrations is missing here.
   */
  readonly constraints: Readonly<Record<string, (() => MicroblogError) | null>>;
  /** Null if archives leave the table out. */
  readonly archive: ArchivedColumns | null;
  /** Migration steps for this table alone. Released steps never change; a new column is a new step. */
  readonly steps?: readonly Migration[];
}

/** The table of the repository `Name`. */
export interface RepositoryTable<Name extends keyof Repositories, Row extends Model> extends Table {
  readonly archive: Name extends ArchiveKind ? ArchivedColumns<keyof ArchiveRecords[Name] & string> : null;
  readonly row: typeof Model & (new () => Row);
  repository(database: Database): Repositories[Name];
}

/** The columns for the fields of an archive's records. */
export interface ArchivedColumns<Field extends string = string> {
  /** The column that records are ordered by. */
  readonly key: string;
  /** Maps a field of a record to its column and the column's type. */
  readonly columns: { readonly [Each in Field]: readonly [column: string, type: string] };
  /** Columns filled by triggers. Archives do not contain them. */
  readonly derived?: readonly string[];
}
