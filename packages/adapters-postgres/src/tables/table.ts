import type { ArchiveKind, ArchiveRecords, MicroblogError, Repositories } from '@microblog/core';
import type { Model } from 'objection';
import type { Migration } from '../migrations/migration.ts';
import type { Database } from './database.ts';

/** What belongs to one table of the database. */
export interface Table {
  /** As the database calls it. */
  readonly name: string;
  /**
   * The error of a call that breaks a constraint or a unique index, by its name in the migrations. Null if no call of
   * a repository can break it. A test fails if the migrations name one that is missing here.
   */
  readonly constraints: Readonly<Record<string, (() => MicroblogError) | null>>;
  /** Null if archives leave the table out. */
  readonly archive: ArchivedColumns | null;
  /**
   * Steps of the schema that concern this table alone. What was released never changes: another column is another
   * step.
   */
  readonly steps?: readonly Migration[];
}

/** The table of a repository. `Name` is that of the repository. */
export interface RepositoryTable<Name extends keyof Repositories, Row extends Model> extends Table {
  readonly archive: Name extends ArchiveKind ? ArchivedColumns<keyof ArchiveRecords[Name] & string> : null;
  readonly row: typeof Model & (new () => Row);
  repository(database: Database): Repositories[Name];
}

/** Where the fields of an archive's records are kept. */
export interface ArchivedColumns<Field extends string = string> {
  /** The column by which records are ordered. */
  readonly key: string;
  /** Field of a record → its column and the type of that. */
  readonly columns: { readonly [Each in Field]: readonly [column: string, type: string] };
  /** Columns that triggers fill: no archive holds them. */
  readonly derived?: readonly string[];
}
