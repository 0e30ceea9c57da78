import { describe, expect, it } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { constraintError } from './constraint-errors.ts';

const sql = migrations.flatMap(({ up }) => up('"s"')).join('\n');
/** Constraints that no call of a repository can break. */
const internal = new Set([
  'users_role_known',
  'credentials_pkey',
  'follows_pair_key',
  'post_search_pkey',
  'search_state_pkey',
  'search_state_only_row',
  'account_tokens_pkey',
  'account_tokens_purpose_known',
  'follow_mails_pkey',
  'translations_pkey',
  'jobs_pkey',
  'jobs_key',
  'jobs_state_known',
  'jobs_running_since',
]);

describe('constraintError', () => {
  it('knows every constraint of the migrations', () => {
    const constraints = [...sql.matchAll(/constraint (\w+)|create unique index (\w+)/g)].map(
      ([, constraint, index]) => constraint ?? index ?? '',
    );
    expect(constraints.length).toBeGreaterThan(10);
    const unknown = constraints.filter((name) => !internal.has(name) && constraintError(name) === null);
    expect(unknown).toEqual([]);
  });

  it('names the field of what is taken', () => {
    expect(constraintError('users_email_key')).toMatchObject({
      code: 'email_taken',
      details: { fields: [{ field: 'email', problem: 'taken', params: {} }] },
    });
  });

  it('knows nothing of the constraints of others', () => {
    for (const name of ['orders_pkey', 'toString']) expect(constraintError(name)).toBeNull();
  });
});
