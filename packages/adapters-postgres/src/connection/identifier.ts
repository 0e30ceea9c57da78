import { MicroblogError } from '@microblog/core';

export const DEFAULT_SCHEMA = 'microblog';

/**
 * The name of a Postgres schema: letters, digits and `_`, not first a digit, up to 45 characters. Names that
 * begin with `pg_` belong to Postgres. Its limit is 63; migration 0002 made a schema of the same name with `_jobs`
 * behind it for pg-boss, whose limit is 50.
 * @throws {MicroblogError} `invalid_input` for any other.
 */
export function schemaName(name: string = DEFAULT_SCHEMA): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,44}$/.test(name) && !name.toLowerCase().startsWith('pg_')) return name;
  throw new MicroblogError(
    'invalid_input',
    `"${name.slice(0, 80)}" can't be the name of a schema: use letters, digits and "_", up to 45, not "pg_…".`,
    { details: { fields: [{ field: 'schema', problem: 'wrong_type', params: {} }] } },
  );
}
