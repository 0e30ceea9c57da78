import type { Knex } from 'knex';
import type { HotRow, HotValue, PreparedStatement } from './hot-statement.ts';
import { textTypes } from './row-types.ts';

/** Runs hot statements on the connections of one storage. */
export type HotRunner = (
  statement: PreparedStatement,
  values: readonly HotValue[],
  /** The transaction to run in. Null: on any connection. */
  transaction: Knex.Transaction | null,
) => Promise<readonly HotRow[]>;

/** Runs hot statements through knex, which parses them each time. For a lent knex, whose connections only knex knows. */
export function hotRunnerOnKnex(knex: Knex): HotRunner {
  return async ({ text }, values, transaction) => {
    const bindings: HotValue[] = [];
    const sql = text.replace(/\$(\d+)/g, (_, place) => {
      bindings.push(values[Number(place) - 1] ?? null);
      return '?';
    });
    const query = (transaction ?? knex).raw(sql, bindings as Knex.RawBinding[]);
    const { rows } = await query.options({ rowMode: 'array', ...textTypes });
    return rows;
  };
}
