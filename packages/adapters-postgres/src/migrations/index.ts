import { allTables } from '../tables/index.ts';
import { peoplePostsFollows } from './0001-people-posts-follows.ts';
import { jobs } from './0002-jobs.ts';
import { identities } from './0003-identities.ts';
import { search } from './0004-search.ts';
import { accounts } from './0005-accounts.ts';
import { followMails } from './0006-follow-mails.ts';
import { ownJobsTable } from './0008-jobs-table.ts';
import { searchFolding } from './0011-search-folding.ts';
import type { Migration } from './migration.ts';

/** Steps for several tables. A list in code: bundled programs can't read a directory. */
const ofSeveralTables: readonly Migration[] = [
  peoplePostsFollows,
  jobs,
  identities,
  search,
  accounts,
  followMails,
  ownJobsTable,
  searchFolding,
];

/** All steps, oldest first. Steps for one table are in the table's file. Names begin with their number. */
export const migrations: readonly Migration[] = [
  ...ofSeveralTables,
  ...allTables.flatMap(({ steps = [] }) => steps),
].sort((one, other) => (one.name < other.name ? -1 : 1));
