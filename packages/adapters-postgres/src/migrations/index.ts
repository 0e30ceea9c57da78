import { peoplePostsFollows } from './0001-people-posts-follows.ts';
import { jobs } from './0002-jobs.ts';
import { identities } from './0003-identities.ts';
import { search } from './0004-search.ts';
import { accounts } from './0005-accounts.ts';
import { followMails } from './0006-follow-mails.ts';
import { translations } from './0007-translations.ts';
import { ownJobsTable } from './0008-jobs-table.ts';
import type { Migration } from './migration.ts';

/** All steps, the oldest first. A list in code: reading a directory does not survive bundling. */
export const migrations: readonly Migration[] = [
  peoplePostsFollows,
  jobs,
  identities,
  search,
  accounts,
  followMails,
  translations,
  ownJobsTable,
];
