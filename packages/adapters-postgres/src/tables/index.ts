import type { ArchiveKind, Repositories } from '@microblog/core';
import type { Model } from 'objection';
import { accountTokens } from './account-tokens.ts';
import { credentials } from './credentials.ts';
import type { Database } from './database.ts';
import { followMails, follows } from './follows.ts';
import { identities } from './identities.ts';
import { posts } from './posts/table.ts';
import type { ArchivedColumns, RepositoryTable, Table } from './table.ts';
import { translations } from './translations.ts';
import { users } from './users/table.ts';

type Complete = { readonly [Name in keyof Repositories]: RepositoryTable<Name, Model> } & {
  readonly [Kind in ArchiveKind]: { readonly archive: ArchivedColumns };
};

/**
 * Every table that has a repository or is archived. This list determines the repositories, the models, the meanings of
 * constraints, the content of archives and the tables' own migrations. It does not compile if a table of core is
 * missing.
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
} satisfies Complete & Record<string, Table>;

export const allTables: readonly Table[] = Object.values(tables);

export function repositories(database: Database): Repositories {
  const all = Object.entries(tables).flatMap(([name, table]) =>
    'repository' in table ? [[name, table.repository(database)]] : [],
  );
  return Object.fromEntries(all) as unknown as Repositories;
}
