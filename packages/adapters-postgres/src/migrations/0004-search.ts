import type { Migration } from './migration.ts';
import { dropSearchWords, makeSearchWords } from './search-words.ts';

/** Languages that have a text-search configuration in every supported version of Postgres. */
const configurations = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};

/**
 * Vectors have a table of their own. A column in `posts` would need a lock, an index built while writers wait, and
 * slower timelines. The new table is empty, so nothing waits; existing posts are indexed afterwards in small batches.
 *
 * `search_state` says whether posts are indexed at all. A site with another search index pays only for this check.
 */
const tables = (schema: string) => [
  `create table ${schema}.post_search (
    post_id bigint not null,
    words tsvector not null,
    constraint post_search_pkey primary key (post_id)
  )`,
  `create index post_search_words on ${schema}.post_search using gin (words)`,
  `create table ${schema}.search_state (
    only_row boolean not null default true,
    enabled boolean not null default false,
    complete boolean not null default false,
    reached bigint,
    constraint search_state_pkey primary key (only_row),
    constraint search_state_only_row check (only_row)
  )`,
  `insert into ${schema}.search_state default values`,
];

/**
 * Weights: A for words as they are written, B for their stems in the language of the post. D is for facts beside the
 * text, as lexemes that no word can equal.
 */
const vectors = (schema: string) => [
  ...makeSearchWords(schema),
  `create function ${schema}.search_configuration(language text) returns regconfig
  language sql immutable parallel safe as $$
    select case split_part(lower(language), '-', 1)
      ${Object.entries(configurations)
        .map(([language, name]) => `when '${language}' then 'pg_catalog.${name}'::regconfig`)
        .join('\n      ')}
      else 'pg_catalog.simple'::regconfig end
  $$`,
  `create function ${schema}.search_vector(body text, language text, author_id bigint) returns tsvector
  language plpgsql immutable parallel safe as $$
  declare
    found_words text[] := ${schema}.search_words(body);
    configuration regconfig := ${schema}.search_configuration(language);
    vector tsvector;
  begin
    -- Words hold neither quotes nor backslashes.
    select coalesce(string_agg(format('''%s'':%sA', word, least(place, 16383)), ' '), '')::tsvector into vector
      from unnest(found_words) with ordinality as listed (word, place);
    if configuration <> 'pg_catalog.simple'::regconfig then
      vector := vector || setweight(to_tsvector(configuration, array_to_string(found_words, ' ')), 'B');
    end if;
    return vector || format('''=a%s''', author_id)::tsvector
      || coalesce(format('''=l%s''', nullif(regexp_replace(split_part(lower(language), '-', 1), '[^a-z0-9]', '', 'g'), '')), '')::tsvector;
  end $$`,
];

const upkeep = (schema: string) => [
  `create function ${schema}.index_posts() returns trigger language plpgsql as $$
  begin
    if (select enabled from ${schema}.search_state) then
      insert into ${schema}.post_search (post_id, words)
      select id, ${schema}.search_vector(body, language, author_id) from changed
      on conflict (post_id) do update set words = excluded.words;
    end if;
    return null;
  end $$`,
  `create function ${schema}.unindex_posts() returns trigger language plpgsql as $$
  begin
    if (select enabled from ${schema}.search_state) then
      delete from ${schema}.post_search where post_id in (select id from changed);
    end if;
    return null;
  end $$`,
  `create trigger posts_indexed after insert on ${schema}.posts
    referencing new table as changed for each statement execute function ${schema}.index_posts()`,
  `create trigger posts_indexed_again after update on ${schema}.posts
    referencing new table as changed for each statement execute function ${schema}.index_posts()`,
  `create trigger posts_unindexed after delete on ${schema}.posts
    referencing old table as changed for each statement execute function ${schema}.unindex_posts()`,
];

export const search: Migration = {
  name: '0004_search',
  up: (schema) => [tables, vectors, upkeep].flatMap((part) => part(schema)),
  down: (schema) => [
    ...['posts_indexed', 'posts_indexed_again', 'posts_unindexed'].map(
      (name) => `drop trigger ${name} on ${schema}.posts`,
    ),
    ...['index_posts()', 'unindex_posts()'].map((name) => `drop function ${schema}.${name}`),
    `drop function ${schema}.search_vector(text, text, bigint)`,
    `drop function ${schema}.search_configuration(text)`,
    ...dropSearchWords(schema),
    ...['search_state', 'post_search'].map((name) => `drop table ${schema}.${name}`),
  ],
};
