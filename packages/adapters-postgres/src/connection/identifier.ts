import { MicroblogError } from '@microblog/core';

export const DEFAULT_SCHEMA = 'microblog';

/**
 * Checks the name of a Postgres schema: up to 45 letters, digits and `_`, not starting with a digit or `pg_` (reserved
 * by Postgres). Postgres allows 63 characters. But migration 0002 made a second schema for pg-boss, with `_jobs` after
 * the name, and pg-boss allows 50.
 * @throws {MicroblogError} `invalid_input` for an invalid name.
 */
export function schemaName(name: string = DEFAULT_SCHEMA): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,44}$/.test(name) && !name.toLowerCase().startsWith('pg_')) return name;
  throw new MicroblogError(
    'invalid_input',
    `"${name.slice(0, 80)}" is not a valid schema name: use letters, digits and "_", up to 45, not "pg_…".`,
    { details: { fields: [{ field: 'schema', problem: 'wrong_type', params: {} }] } },
  );
}
