import { accountTokens } from './account-tokens.ts';
import { credentials } from './credentials.ts';
import { followMails, follows } from './follows.ts';
import { identities } from './identities.ts';
import { posts } from './posts.ts';
import { translations } from './translations.ts';
import { users } from './users.ts';

/**
 * Every table of core, each after the tables that it belongs to. This list determines the repositories in memory,
 * transactions, cascading deletions, and the kinds of records in archives with their order.
 */
export const tables = {
  users,
  credentials,
  accountTokens,
  identities,
  follows,
  followMails,
  posts,
  translations,
};

export type TableName = keyof typeof tables;
export type RowOf<Name extends TableName> = Parameters<(typeof tables)[Name]['key']>[0];
/** All rows, by table and key. */
export type Rows = { readonly [Name in TableName]: Map<string, RowOf<Name>> };
export type ReadonlyRows = { readonly [Name in TableName]: ReadonlyMap<string, RowOf<Name>> };

export const tableNames = Object.keys(tables) as readonly TableName[];
