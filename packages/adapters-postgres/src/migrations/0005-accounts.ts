import type { Migration } from './migration.ts';

/**
 * Confirmed addresses, the setting for mails about followers, and mailed links that confirm an address or reset a
 * password.
 */
export const accounts: Migration = {
  name: '0005_accounts',
  up: (schema) => [
    `alter table ${schema}.users add column email_verified_at timestamptz`,
    `alter table ${schema}.users add column mail_on_follow boolean not null default true`,
    `create table ${schema}.account_tokens (
      hash text collate "C" not null,
      user_id bigint not null,
      purpose text not null,
      email text collate "C" not null,
      expires_at timestamptz not null,
      constraint account_tokens_pkey primary key (hash),
      constraint account_tokens_user_fkey foreign key (user_id) references ${schema}.users (id) on delete cascade,
      constraint account_tokens_purpose_known check (purpose in ('reset_password', 'confirm_email'))
    )`,
    `create index account_tokens_by_user on ${schema}.account_tokens (user_id)`,
    `create index account_tokens_by_expiry on ${schema}.account_tokens (expires_at)`,
  ],
  down: (schema) => [
    `drop table ${schema}.account_tokens`,
    `alter table ${schema}.users drop column mail_on_follow`,
    `alter table ${schema}.users drop column email_verified_at`,
  ],
};
