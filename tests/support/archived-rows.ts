import { archiveKinds, type PostgresStorage } from './storages.ts';

/**
 * A digest of every column of every row of each table, computed in the database. Equal digests mean equal tables, in
 * any Postgres.
 */
export async function digestTables({ knex, schema }: Pick<PostgresStorage, 'knex' | 'schema'>) {
  const digests: Record<string, { rows: string; digest: string }> = {};
  for (const kind of archiveKinds) {
    const key = kind === 'credentials' ? 'user_id' : 'id';
    // In one transaction, so that the time zone is that of the same session.
    await knex.transaction(async (trx) => {
      await trx.raw(`set local time zone 'UTC'`);
      const found = await trx.raw(
        `select count(*)::text as rows, md5(string_agg(md5(to_jsonb(t)::text), '' order by ${key})) as digest
           from "${schema}".${kind} as t`,
      );
      digests[kind] = found.rows[0];
    });
  }
  return digests;
}

export interface GeneratedRows {
  readonly posts: number;
  /** How many people, each of whom follows 10 others. */
  readonly people: number;
  /** The greatest number of words that a post has in addition. Default: 17. */
  readonly words?: number;
}

/**
 * Fills a database. The rows include other scripts, emoji, nulls, suspended people, and times with milliseconds.
 */
export async function generateRows(
  { knex, schema }: Pick<PostgresStorage, 'knex' | 'schema'>,
  { posts, people, words = 17 }: GeneratedRows,
): Promise<void> {
  const time = (number: string) =>
    `timestamptz '2026-01-01 00:00:00Z' + (${number}) * interval '1.003 seconds'`;
  const userId = (number: string) =>
    `((1767225600000 + (${number}) * 7::bigint) << 16) + 65535 - (${number})`;
  await knex.raw(`insert into "${schema}".users (id, nickname, email, about_me, avatar_url, locale, role,
      created_at, last_seen_at, suspended_at, session_epoch)
    select ${userId('n')}, 'Member_' || n,
           case when n % 3 > 0 then 'member' || n || '@example.org' end,
           case when n % 4 = 0 then E'Über 👩‍👩‍👧 \\u2028 "\\\\"\\n' || n else '' end,
           case when n % 5 = 0 then 'https://example.org/' || n || '.png' end,
           case when n % 2 = 0 then 'es' end,
           (array['member', 'moderator', 'admin'])[1 + n % 3],
           ${time('n')},
           case when n % 7 > 0 then ${time('n')} + interval '1 day' end,
           case when n % 11 = 0 then ${time('n')} + interval '1 hour' end,
           n % 5
      from generate_series(1, ${people}) as n`);
  await knex.raw(`insert into "${schema}".credentials (user_id, password_hash, changed_at)
    select id, '$argon2id$v=19$' || md5(id::text), created_at from "${schema}".users where session_epoch < 4`);
  await knex.raw(`insert into "${schema}".identities (id, user_id, issuer, subject, nickname, email, avatar_url,
      locale, created_at)
    select id, id, 'urn:microblog:host', 'Ü "' || id || '"', lower(nickname), email, avatar_url, locale, created_at
      from "${schema}".users where session_epoch > 0`);
  await knex.raw(`insert into "${schema}".follows (id, follower_id, followed_id, created_at)
    select ${userId('n * 16 + m')}, ${userId('n')}, ${userId(`(n + m) % ${people} + 1`)}, ${time('n + m')}
      from generate_series(1, ${people}) as n, generate_series(0, 9) as m
     where n <> (n + m) % ${people} + 1`);
  await knex.raw(`insert into "${schema}".posts (id, author_id, body, language, created_at)
    select ((1767225600000 + n * 1003::bigint) << 16) + n % 65536, ${userId(`n % ${people} + 1`)},
           'Post ' || n || repeat(' words', 1 + n % ${words}) || case n % 4 when 0 then ' 🏳️‍🌈 漢字' else '' end,
           case n % 3 when 0 then 'en' when 1 then 'es' end,
           ${time('n')}
      from generate_series(1, ${posts}) as n`);
  await knex.raw(`insert into "${schema}".users (id, nickname, created_at)
    values (9223372036854775807, 'the.last', '2026-01-01 00:00:00.001Z')`);
}
