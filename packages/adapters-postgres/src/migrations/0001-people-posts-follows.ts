import type { Migration } from './migration.ts';

/**
 * Nicknames and e-mail addresses are ASCII, as core ensures. So `collate "C"` folds their case the same way in every
 * database. With the default of a Turkish database, "INES" would not match "ines".
 */
const users = (schema: string) => [
  `create table ${schema}.users (
    id bigint not null,
    nickname text collate "C" not null,
    email text collate "C",
    about_me text not null default '',
    avatar_url text,
    locale text,
    role text not null default 'member',
    created_at timestamptz not null,
    last_seen_at timestamptz,
    suspended_at timestamptz,
    session_epoch integer not null default 0,
    follower_count integer not null default 0,
    following_count integer not null default 0,
    post_count integer not null default 0,
    constraint users_pkey primary key (id),
    constraint users_role_known check (role in ('member', 'moderator', 'admin'))
  )`,
  `create unique index users_nickname_key on ${schema}.users (lower(nickname))`,
  `create unique index users_email_key on ${schema}.users (lower(email))`,
  // For suggestions.
  `create index users_by_followers on ${schema}.users (follower_count desc, id desc) where suspended_at is null`,
];

const credentials = (schema: string) => [
  `create table ${schema}.credentials (
    user_id bigint not null,
    password_hash text not null,
    changed_at timestamptz not null,
    constraint credentials_pkey primary key (user_id),
    constraint credentials_user_fkey foreign key (user_id) references ${schema}.users (id) on delete cascade
  )`,
];

const posts = (schema: string) => [
  `create table ${schema}.posts (
    id bigint not null,
    author_id bigint not null,
    body text not null,
    language text,
    created_at timestamptz not null,
    constraint posts_pkey primary key (id),
    constraint posts_author_fkey foreign key (author_id) references ${schema}.users (id) on delete cascade
  )`,
  // Contains all columns that the first half of the home timeline reads.
  `create index posts_by_author on ${schema}.posts (author_id, id desc)`,
];

const follows = (schema: string) => [
  `create table ${schema}.follows (
    id bigint not null,
    follower_id bigint not null,
    followed_id bigint not null,
    created_at timestamptz not null,
    constraint follows_pkey primary key (id),
    constraint follows_pair_key unique (follower_id, followed_id),
    constraint follows_not_self check (follower_id <> followed_id),
    constraint follows_follower_fkey foreign key (follower_id) references ${schema}.users (id) on delete cascade,
    constraint follows_followed_fkey foreign key (followed_id) references ${schema}.users (id) on delete cascade
  )`,
  `create index follows_by_follower on ${schema}.follows (follower_id, id desc)`,
  `create index follows_by_followed on ${schema}.follows (followed_id, id desc)`,
];

/**
 * Triggers keep the counts, once per statement. They lock the users in the order of their ids. Otherwise two users who
 * follow each other at the same time could deadlock.
 */
const counters = (schema: string) => [
  `create function ${schema}.count_posts() returns trigger language plpgsql as $$
  declare
    step integer := case tg_op when 'INSERT' then 1 else -1 end;
  begin
    perform 1 from ${schema}.users where id in (select author_id from changed) order by id for no key update;
    update ${schema}.users set post_count = post_count + step * counted.posts
      from (select author_id, count(*)::integer as posts from changed group by author_id) as counted
     where users.id = counted.author_id;
    return null;
  end $$`,
  `create function ${schema}.count_follows() returns trigger language plpgsql as $$
  declare
    step integer := case tg_op when 'INSERT' then 1 else -1 end;
  begin
    perform 1 from ${schema}.users
      where id in (select follower_id from changed union all select followed_id from changed)
      order by id for no key update;
    update ${schema}.users
       set following_count = following_count + step * counted.following,
           follower_count = follower_count + step * counted.followers
      from (select id, sum(following)::integer as following, sum(followers)::integer as followers
              from (select follower_id as id, 1 as following, 0 as followers from changed
                    union all
                    select followed_id, 0, 1 from changed) as ends
             group by id) as counted
     where users.id = counted.id;
    return null;
  end $$`,
  ...['posts', 'follows'].flatMap((table) => [
    `create trigger ${table}_counted_in after insert on ${schema}.${table}
      referencing new table as changed for each statement execute function ${schema}.count_${table}()`,
    `create trigger ${table}_counted_out after delete on ${schema}.${table}
      referencing old table as changed for each statement execute function ${schema}.count_${table}()`,
  ]),
];

export const peoplePostsFollows: Migration = {
  name: '0001_people_posts_follows',
  up: (schema) => [users, credentials, posts, follows, counters].flatMap((part) => part(schema)),
  down: (schema) => [
    ...['follows', 'posts', 'credentials', 'users'].map((table) => `drop table ${schema}.${table}`),
    ...['count_follows', 'count_posts'].map((name) => `drop function ${schema}.${name}()`),
  ],
};
