import type { Migration } from './migration.ts';

/** What translators have answered, so that they are asked once for a post and a language. */
export const translations: Migration = {
  name: '0007_translations',
  up: (schema) => [
    `create table ${schema}.translations (
      post_id bigint not null,
      language text collate "C" not null,
      text text not null,
      source_language text collate "C",
      translator text not null,
      created_at timestamptz not null,
      constraint translations_pkey primary key (post_id, language),
      constraint translations_post_fkey foreign key (post_id) references ${schema}.posts (id) on delete cascade
    )`,
  ],
  down: (schema) => [`drop table ${schema}.translations`],
};
