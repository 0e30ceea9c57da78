import type { PageParts } from '../paged-statement.ts';

/** From this number of follows on, the newest posts of all authors are tried first. */
const MANY_FOLLOWS = 200;
/** So many posts of all authors are tried. */
const WINDOW = 1_000;

// Why: docs/decisions/0102-home-timeline-in-two-ways.md
/**
 * The statement that reads the ids of a page at home. `$1` is the limit, `$2` is the reader. It has two ways:
 *
 * 1. `recent`: for readers who follow many, the newest posts of all authors, as far as they are by followed ones.
 * 2. If these do not fill the page: `latest` are the newest posts of the followed authors, one of each, from the index
 *    `posts_by_author`. Only authors of the first `$1` of these can be on the page. If there are so many, the last of
 *    these posts bounds the page, and only newer ones are read.
 *
 * `place = $1` exists only in a full page. Postgres runs a part only if its condition on `place` allows it.
 */
export function homeIds(parts: PageParts): string {
  const { schema, beyond, readable, order, limit } = parts;
  const followed = `
              select followed_id as id from ${schema}.follows where follower_id = $2::bigint
              union all select $2::bigint`;
  const isFull = (part: 'recent' | 'latest') => `(select id from ${part} where place = $1)`;
  return `
    with recent as materialized (
      select found.id, row_number() over (order by found.id ${order}) as place
        from (
          select post.id
            from (
              select post.id, post.author_id
                from ${schema}.posts as post
               where ${beyond('post.id')}
                 and (select following_count > ${MANY_FOLLOWS} from ${schema}.users where id = $2::bigint)
               order by post.id ${order}
               limit ${WINDOW}) as post
           where (post.author_id in (${followed})) is true and ${readable('post.author_id')}
           order by post.id ${order}
           ${limit}) as found
       limit $1),
    latest as materialized (
      select found.author_id, found.id, row_number() over (order by found.id ${order}) as place
        from (
          select author.id as author_id, newest.id
            from (${followed}) as author
           cross join lateral (
              select post.id
                from ${schema}.posts as post
               where post.author_id = author.id and ${beyond('post.id')}
               order by post.id ${order}
               limit 1) as newest
           where ${readable('author.id')} and ${isFull('recent')} is null
           order by newest.id ${order}
           ${limit}) as found
       limit $1)
    select id from (
      select id from recent where ${isFull('recent')} is not null
      union all
      select own.id
        from latest
       cross join lateral (
          select post.id
            from ${schema}.posts as post
           where post.author_id = latest.author_id and ${beyond('post.id')}
             and post.id ${order === 'desc' ? '>=' : '<='} coalesce(${isFull('latest')}, ${order === 'desc' ? '0' : '9223372036854775807'})
           order by post.id ${order}
           limit $1) as own) as page
     order by id ${order}
     limit $1`;
}
