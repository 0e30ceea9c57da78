import type { Migration } from '../../migrations/migration.ts';

/** The few suspended users, for `readableBy`. Without this index, a home timeline would read all users. */
export const suspendedStep: Migration = {
  name: '0010_suspended_users',
  up: (schema) => [`create index users_suspended on ${schema}.users (id) where suspended_at is not null`],
  down: (schema) => [`drop index ${schema}.users_suspended`],
};
