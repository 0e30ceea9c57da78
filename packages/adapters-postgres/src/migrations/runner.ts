import { isMicroblogError, MicroblogError } from '@microblog/core';
import type { Knex } from 'knex';
import { rowTypes } from '../connection/row-types.ts';
import type { PostgresStorage } from '../postgres-storage.ts';
import { storageError } from '../storage-errors.ts';
import { lockName, makeBookkeeping } from './bookkeeping.ts';
import type { Migration } from './migration.ts';
import { pendingSteps } from './pending-steps.ts';

/** The migrations of a database, compared with those of this code. */
export interface MigrationStatus {
  /** Migrations of this code that the database has, oldest first. */
  readonly applied: readonly string[];
  /** Migrations that the database lacks, in the order of application. */
  readonly pending: readonly string[];
  /** Migrations that this code does not know: the database belongs to a newer version. */
  readonly unknown: readonly string[];
}

/** The part of a storage that migrations need. */
export type Target = Pick<PostgresStorage, 'knex' | 'schema' | 'location'>;

/** `migrate` with any list of migrations. */
export async function applyPending(
  storage: Target,
  migrations: readonly Migration[],
  to = 'latest',
): Promise<string[]> {
  const last = to === 'latest' ? migrations.length : migrations.findIndex(({ name }) => name === to) + 1;
  if (to !== 'latest' && last === 0) throw unknownMigrations([to], 'This version has no such migration');
  return alone(storage, async (trx, schema) => {
    const { pending } = await knownStatus(trx, storage, migrations);
    const wanted = migrations.slice(0, last).filter(({ name }) => pending.includes(name));
    if (wanted.length === 0) return [];
    for (const statement of makeBookkeeping(schema)) await trx.raw(statement);
    for (const { name, statements } of pendingSteps(wanted, schema)) {
      for (const statement of statements) await trx.raw(statement);
      await trx.raw(`insert into ${schema}.migrations (name) values (?)`, [name]);
    }
    return wanted.map(({ name }) => name);
  });
}

/** `rollback` with any list of migrations. */
export async function undoLast(storage: Target, migrations: readonly Migration[]): Promise<string | null> {
  return alone(storage, async (trx, schema) => {
    const { applied } = await knownStatus(trx, storage, migrations);
    const last = migrations.find(({ name }) => name === applied.at(-1));
    if (last === undefined) return null;
    for (const statement of last.down(schema)) await trx.raw(statement);
    await trx.raw(`delete from ${schema}.migrations where name = ?`, [last.name]);
    if (applied.length === 1) await dropBookkeeping(trx, storage.schema, schema);
    return last.name;
  });
}

/** `migrationStatus` with any list of migrations. */
export async function compareWith(
  storage: Target,
  migrations: readonly Migration[],
  { statementTimeout }: { readonly statementTimeout?: number } = {},
): Promise<MigrationStatus> {
  return withStorageErrors(storage, () => readStatus(storage.knex, storage, migrations, statementTimeout));
}

// Why: docs/decisions/0005-own-migration-runner.md
/** Runs `work` in a transaction. No other migration of the same schema can run meanwhile. */
async function alone<Result>(
  storage: Target,
  work: (trx: Knex.Transaction, schema: string) => Promise<Result>,
): Promise<Result> {
  const inTransaction = async (trx: Knex.Transaction) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [lockName(storage.schema)]);
    return work(trx, `"${storage.schema}"`);
  };
  // After waiting for the lock, this transaction must see what the other process has done.
  const isolation: Knex.TransactionConfig = { isolationLevel: 'read committed' };
  return withStorageErrors(storage, () => storage.knex.transaction(inTransaction, isolation));
}

async function withStorageErrors<Result>({ location }: Target, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isMicroblogError(error) ? error : storageError(error, location);
  }
}

async function knownStatus(
  knex: Knex,
  storage: Target,
  migrations: readonly Migration[],
): Promise<MigrationStatus> {
  const status = await readStatus(knex, storage, migrations);
  if (status.unknown.length > 0) {
    throw unknownMigrations(status.unknown, `The database at ${storage.location} belongs to a newer version`);
  }
  return status;
}

async function readStatus(
  knex: Knex,
  { schema }: Target,
  migrations: readonly Migration[],
  statementTimeout?: number,
): Promise<MigrationStatus> {
  const bounded = (query: Knex.Raw) => {
    const ours = query.options(rowTypes);
    return statementTimeout === undefined ? ours : ours.timeout(statementTimeout);
  };
  const table = `"${schema}".migrations`;
  const found = await bounded(knex.raw('select to_regclass(?) is not null as found', [table]));
  const rows: { name: string }[] = found.rows[0].found
    ? (await bounded(knex.raw(`select name from ${table}`))).rows
    : [];
  const inDatabase = new Set(rows.map(({ name }) => name));
  const names = migrations.map(({ name }) => name);
  return {
    applied: names.filter((name) => inDatabase.has(name)),
    pending: names.filter((name) => !inDatabase.has(name)),
    unknown: [...inDatabase].filter((name) => !names.includes(name)),
  };
}

async function dropBookkeeping(trx: Knex.Transaction, name: string, schema: string): Promise<void> {
  await trx.raw(`drop table ${schema}.migrations`);
  const droppable = await trx.raw(
    `select nspname from pg_namespace
      where nspname = ? and nspname <> 'public' and pg_has_role(nspowner, 'USAGE')
        and not exists (
          select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = pg_namespace.oid)`,
    [name],
  );
  if (droppable.rows.length > 0) await trx.raw(`drop schema ${schema}`);
}

function unknownMigrations(names: readonly string[], what: string): MicroblogError<'migrations_unknown'> {
  return new MicroblogError(
    'migrations_unknown',
    `${what} (${names.join(', ')}). Install the version that goes with it.`,
    { details: { unknown: names } },
  );
}
