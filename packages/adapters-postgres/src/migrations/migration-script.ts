import { MicroblogError } from '@microblog/core';
import { schemaName } from '../connection/identifier.ts';
import { lockName, makeBookkeeping } from './bookkeeping.ts';
import { migrations } from './index.ts';
import { pendingSteps } from './pending-steps.ts';

/** Options of `migrationScript`. */
export interface MigrationScriptOptions {
  /** The Postgres schema for all tables. Default: `microblog`. */
  readonly schema?: string;
  /** The migrations that the database has: `applied` of `migrationStatus`. Empty for a new database. */
  readonly applied: readonly string[];
  /** A role that may read and write the tables but change no structure. */
  readonly grantTo?: string;
}

/** The names of all migrations of this version, oldest first. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/**
 * The work of `migrate` as one SQL script, for installations where the application may not change the structure. Any
 * client may run it. The role needs the right to create the schema, or the schema must exist. The script is one
 * transaction, so it is applied completely or not at all. It stops if the database has other migrations than expected.
 * After it, no migration is pending. The function itself does not connect to a database.
 * @throws {MicroblogError} `migrations_unknown` if `applied` contains migrations that this version does not know;
 * `invalid_input` for an invalid schema name.
 */
export async function migrationScript(options: MigrationScriptOptions): Promise<string> {
  const name = schemaName(options.schema);
  const schema = `"${name}"`;
  const { applied, grantTo } = options;
  const unknown = applied.filter((each) => !migrationNames.includes(each));
  if (unknown.length > 0) {
    throw new MicroblogError(
      'migrations_unknown',
      `The database belongs to a newer version (${unknown.join(', ')}). Install the version that goes with it.`,
      { details: { unknown } },
    );
  }
  const pending = migrations.filter((migration) => !applied.includes(migration.name));
  if (pending.length === 0) return '-- Microblog: the database is up to date; there is nothing to do.\n';
  const statements = [
    `select pg_advisory_xact_lock(hashtextextended(${literal(lockName(name))}, 0))`,
    guard(
      schema,
      applied,
      pending.map((migration) => migration.name),
    ),
    ...makeBookkeeping(schema),
  ];
  for (const step of pendingSteps(pending, schema)) {
    const record = `insert into ${schema}.migrations (name) values (${literal(step.name)})`;
    statements.push(`-- ${step.name}\n${[...step.statements, record].join(';\n')}`);
  }
  if (grantTo !== undefined) statements.push(...grants(schema, grantTo));
  const parts = [
    `-- Microblog: ${pending.map((migration) => migration.name).join(', ')}, in the schema ${schema}.`,
    '-- All of it happens, or nothing. Run it once.',
    ...['begin', ...statements, 'commit'].map((statement) => `${statement};`),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Stops the script on an unexpected database: a second run, a missing step, or a newer version. */
function guard(schema: string, applied: readonly string[], pending: readonly string[]): string {
  const list = (names: readonly string[]) => `array[${names.map(literal).join(', ')}]::text[]`;
  return `do $$
declare
  there text[] := '{}';
begin
  if to_regclass('${schema}.migrations') is not null then
    select coalesce(array_agg(name), '{}') into there from ${schema}.migrations;
  end if;
  if not (there <@ ${list(applied)} and ${list(applied)} <@ there) then
    raise exception 'this script is for a database with the migrations %, and this one has %',
      ${list(applied)}, there
      using hint = 'Make another for it: microblog upgrade --sql. This one adds ' || ${literal(pending.join(', '))} || '.';
  end if;
end $$`;
}

function grants(schema: string, role: string): string[] {
  const to = `to "${role.replaceAll('"', '""')}"`;
  return [
    `grant usage on schema ${schema} ${to}`,
    `grant select, insert, update, delete on all tables in schema ${schema} ${to}`,
    `grant usage, select on all sequences in schema ${schema} ${to}`,
    `grant execute on all functions in schema ${schema} ${to}`,
  ];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
