import { describe, expect, it } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { constraintError } from './constraint-errors.ts';
import { allTables } from './index.ts';

const sql = migrations.flatMap(({ up }) => up('"s"')).join('\n');
/** Constraints of tables that no repository writes. */
const others = [
  'post_search_pkey',
  'search_state_pkey',
  'search_state_only_row',
  'jobs_pkey',
  'jobs_key',
  'jobs_state_known',
  'jobs_running_since',
];
const known = new Set([...others, ...allTables.flatMap(({ constraints }) => Object.keys(constraints))]);

describe('constraintError', () => {
  it('knows every constraint of the migrations', () => {
    const constraints = [...sql.matchAll(/constraint (\w+)|create unique index (\w+)/g)].map(
      ([, constraint, index]) => constraint ?? index ?? '',
    );
    expect(constraints.length).toBeGreaterThan(10);
    expect(constraints.filter((name) => !known.has(name))).toEqual([]);
  });

  it('names the field whose value is in use', () => {
    expect(constraintError('users_email_key')).toMatchObject({
      code: 'email_taken',
      details: { fields: [{ field: 'email', problem: 'taken', params: {} }] },
    });
  });

  it('returns null for constraints of other tables', () => {
    for (const name of ['orders_pkey', 'toString']) expect(constraintError(name)).toBeNull();
  });
});
