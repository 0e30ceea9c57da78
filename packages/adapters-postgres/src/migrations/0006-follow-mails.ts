import type { Migration } from './migration.ts';

/** The last mail about each follow: its time, and the job that sent it. Kept for a day, even after an unfollow. */
export const followMails: Migration = {
  name: '0006_follow_mails',
  up: (schema) => [
    `create table ${schema}.follow_mails (
      follower_id bigint not null,
      followed_id bigint not null,
      claimed_by text collate "C" not null,
      mailed_at timestamptz not null,
      constraint follow_mails_pkey primary key (follower_id, followed_id),
      constraint follow_mails_follower_fkey foreign key (follower_id) references ${schema}.users (id) on delete cascade,
      constraint follow_mails_followed_fkey foreign key (followed_id) references ${schema}.users (id) on delete cascade
    )`,
    `create index follow_mails_by_followed on ${schema}.follow_mails (followed_id)`,
    `create index follow_mails_by_time on ${schema}.follow_mails (mailed_at)`,
  ],
  down: (schema) => [`drop table ${schema}.follow_mails`],
};
