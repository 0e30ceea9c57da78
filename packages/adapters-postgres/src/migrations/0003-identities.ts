import type { Migration } from './migration.ts';

/**
 * Deletes a user with all rows that refer to them. The counting triggers lock the users whose counts change. To avoid
 * deadlocks, only one deletion runs at a time, no new follower is possible once the user is locked, and the other users
 * are locked in the order of ids, as everywhere. Each step sees the changes that the step before waited for.
 */
const deletion = (schema: string) => `create function ${schema}.delete_user(doomed bigint) returns boolean
  language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended('microblog deletion ${schema}', 0));
    perform 1 from ${schema}.users where id = doomed for update;
    if not found then return false; end if;
    perform 1 from ${schema}.users
      where id in (select followed_id from ${schema}.follows where follower_id = doomed
                   union all select follower_id from ${schema}.follows where followed_id = doomed)
      order by id for no key update;
    delete from ${schema}.users where id = doomed;
    return true;
  end $$`;

/**
 * Which accounts of identity providers belong to which users. Also a function that deletes a user whom the provider has
 * removed.
 */
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
    deletion(schema),
  ],
  down: (schema) => [`drop function ${schema}.delete_user(bigint)`, `drop table ${schema}.identities`],
};
