import type { Knex } from 'knex';
import type { Model, QueryBuilderType } from 'objection';
import { rowTypes } from '../connection/row-types.ts';
import { AccountTokenRow } from './account-tokens.ts';
import { CredentialRow } from './credentials.ts';
import { FollowRow } from './follows.ts';
import { IdentityRow } from './identities.ts';
import { PostRow } from './posts.ts';
import { TranslationRow } from './translations.ts';
import { UserRow } from './users/row.ts';

/** Begins a query on one table, in the right schema and on the right connection. */
export type Query<Row extends Model> = () => QueryBuilderType<Row>;

export interface Models {
  readonly users: Query<UserRow>;
  readonly posts: Query<PostRow>;
  readonly follows: Query<FollowRow>;
  readonly credentials: Query<CredentialRow>;
  readonly accountTokens: Query<AccountTokenRow>;
  readonly identities: Query<IdentityRow>;
  readonly translations: Query<TranslationRow>;
  /** The full name of a table, for the places where only raw SQL will do. */
  table(name: 'users' | 'posts' | 'follows'): string;
  /** What the queries run on, for statements on tables that are no models. */
  readonly executor: Knex;
  readonly schema: string;
  /** Runs a statement that no query on one table can say. */
  raw<Row>(sql: string, bindings?: readonly string[]): Promise<Row[]>;
}

/**
 * The models of one storage. Objection keeps what it binds with the knex instance; `executor` is that
 * instance, or one of its transactions.
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
  return {
    users: queryOf(UserRow),
    posts: queryOf(PostRow),
    follows: queryOf(FollowRow),
    credentials: queryOf(CredentialRow),
    accountTokens: queryOf(AccountTokenRow),
    identities: queryOf(IdentityRow),
    translations: queryOf(TranslationRow),
    table: (name) => `${schema}.${name}`,
    executor,
    schema,
    raw: async (sql, bindings = []) => (await executor.raw(sql, [...bindings]).options(rowTypes)).rows,
  };
}
