import { MicroblogError } from '@microblog/core';
import { schemaName } from '../connection/identifier.ts';
import { lockName, makeBookkeeping } from './bookkeeping.ts';
import { migrations } from './index.ts';
import { pendingSteps } from './pending-steps.ts';

/** Which migrations a script holds. */
export interface MigrationScriptOptions {
  /** The Postgres schema that holds everything; `microblog` unless told. */
  readonly schema?: string;
  /** The migrations that the database has: `applied` of `migrationStatus`; none for a new one. */
  readonly applied: readonly string[];
  /** A role that is to read and write what the script makes, and may change no structure. */
  readonly grantTo?: string;
}

/** All migrations of this version, the oldest first. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/**
 * What `migrate` would do to such a database, as one SQL script, for places where the application may not change
 * the structure. Any client may run it, with the right to make the schema, or in one that is there. One transaction,
 * so that all of it happens or nothing. The script stops if the database is not at the point that it was made for.
 * Afterwards nothing is pending. Reaches no database itself.
 * @throws {MicroblogError} `migrations_unknown` where `applied` holds what this version does not know;
 * `invalid_input` for a schema of the wrong form.
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

/** Stops the script on a database that it was not made for: a second run, a step left out, a newer version. */
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
