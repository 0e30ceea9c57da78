import type { Migration } from './migration.ts';

/** Which people of other places are which users. */
export const identities: Migration = {
  name: '0003_identities',
  up: (schema) => [
    `create table ${schema}.identities (
      id bigint not null,
      user_id bigint not null,
      issuer text not null,
      subject text not null,
      nickname text,
      email text,
      avatar_url text,
      locale text,
      created_at timestamptz not null,
      constraint identities_pkey primary key (id),
      constraint identities_subject_key unique (issuer, subject),
      constraint identities_user_fkey foreign key (user_id) references ${schema}.users (id) on delete cascade
    )`,
    `create index identities_by_user on ${schema}.identities (user_id, id desc)`,
  ],
  down: (schema) => [`drop table ${schema}.identities`],
};
