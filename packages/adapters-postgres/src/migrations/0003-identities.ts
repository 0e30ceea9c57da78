import type { Migration } from './migration.ts';

/**
 * Deletes a user with all that refers to them. The triggers that count lock whom they count anew; so that nobody
 * waits for each other for ever, one deletion runs at a time, no new follower may come once the user is locked,
 * and those who are counted anew are locked in the order of ids, as everywhere. Each step sees what the one
 * before waited for.
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

/** Which people of other places are which users; and what removes a user whom another place has removed. */
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
