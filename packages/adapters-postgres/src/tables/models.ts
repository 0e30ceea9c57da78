import type { Knex } from 'knex';
import type { Model, QueryBuilderType } from 'objection';
import { rowTypes } from '../connection/row-types.ts';
import { tables } from './index.ts';

/** Starts a query on one table, with the right schema and connection. */
export type Query<Row extends Model> = () => QueryBuilderType<Row>;

type TablesWithModel = {
  readonly [Name in keyof typeof tables as (typeof tables)[Name] extends { readonly row: unknown }
    ? Name
    : never]: (typeof tables)[Name] extends { readonly row: new () => infer Row extends Model }
    ? Query<Row>
    : never;
};

/** A query for each table that has a model, and raw statements. */
export interface Models extends TablesWithModel {
  /** The knex instance or transaction of the queries, for statements on tables without a model. */
  readonly executor: Knex;
  readonly schema: string;
  /** Runs a raw statement, for what a query on one table can't express. */
  raw<Row>(sql: string, bindings?: readonly string[]): Promise<Row[]>;
}

/**
 * The models of one storage. Objection caches its bindings on the knex instance. `executor` is that instance, or one of
 * its transactions.
 */
export function bindModels(knex: Knex, schema: string, executor: Knex = knex): Models {
  const queryOf = <Row extends Model>(model: typeof Model & (new () => Row)): Query<Row> => {
    const bound = model.bindKnex(knex);
    return () =>
      bound
        .query(executor)
        .withSchema(schema)
        .onBuildKnex((query) => query.options(rowTypes)) as QueryBuilderType<Row>;
  };
  const queries = Object.entries(tables).flatMap(([name, table]) =>
    'row' in table ? [[name, queryOf<Model>(table.row)]] : [],
  );
  return {
    ...(Object.fromEntries(queries) as unknown as TablesWithModel),
    executor,
    schema,
    raw: async (sql, bindings = []) => (await executor.raw(sql, [...bindings]).options(rowTypes)).rows,
  };
}
