import type { Migration } from '../../migrations/migration.ts';

/**
 * One column for all settings of a member, so a new setting needs no migration. Stores only values that differ from the
 * default.
 */
export const settingsStep: Migration = {
  name: '0009_settings',
  up: (schema) => [
    `alter table ${schema}.users add column settings jsonb not null default '{}'`,
    `update ${schema}.users set settings = '{"mailOnFollow": false}' where not mail_on_follow`,
    `alter table ${schema}.users drop column mail_on_follow`,
  ],
  down: (schema) => [
    `alter table ${schema}.users add column mail_on_follow boolean not null default true`,
    `update ${schema}.users set mail_on_follow = false where settings -> 'mailOnFollow' = 'false'`,
    `alter table ${schema}.users drop column settings`,
  ],
};
