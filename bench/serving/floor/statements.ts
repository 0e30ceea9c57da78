import type pg from 'pg';

/** Read in one statement with its author. */
export interface FloorPost {
  readonly id: string;
  readonly body: string;
  readonly language: string | null;
  readonly created_at: Date;
  readonly author_id: string;
  readonly nickname: string;
  readonly avatar_url: string | null;
}

export interface FloorPerson {
  readonly id: string;
  readonly nickname: string;
  readonly about_me: string;
  readonly created_at: Date;
  readonly last_seen_at: Date | null;
  readonly post_count: number;
  readonly follower_count: number;
  readonly following_count: number;
  readonly follows: boolean;
  readonly follows_back: boolean;
}

/** One more than a page has, to know whether the list goes on. */
const LIMIT = 26;

const columns =
  'post.id, post.body, post.language, post.created_at, author.id as author_id, nickname, avatar_url';

/** Statements that are parsed once per connection, with the same rules of who may be read as ours. */
export function floorStatements(pool: pg.Pool) {
  const rows = async <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) =>
    (await pool.query<Row>({ name, text, values })).rows;
  return {
    // The newest post of each followed author bounds the page, as in ours: the floor must not read more than we do.
    home: (viewer: string) =>
      rows<FloorPost>(
        'home',
        `with latest as materialized (
           select author_id, id, row_number() over (order by id desc) as place
             from (select followed.id as author_id, newest.id
                     from (select followed_id as id from microblog.follows where follower_id = $1
                            union all select $1::bigint) as followed
                    cross join lateral (select id from microblog.posts where author_id = followed.id
                                         order by id desc limit 1) as newest
                    where not exists (select from microblog.users as suspended
                                       where suspended.id = followed.id and suspended.suspended_at is not null)
                    order by newest.id desc limit ${LIMIT}) as found)
         select ${columns}
           from (select own.id
                   from latest
                  cross join lateral (select id from microblog.posts
                                       where author_id = latest.author_id
                                         and id >= coalesce((select id from latest where place = ${LIMIT}), 0)
                                       order by id desc limit ${LIMIT}) as own
                  order by own.id desc limit ${LIMIT}) as skeleton
           join microblog.posts as post on post.id = skeleton.id
           join microblog.users as author on author.id = post.author_id
          order by post.id desc`,
        [viewer],
      ),
    explore: () =>
      rows<FloorPost>(
        'explore',
        `select ${columns} from microblog.posts as post
           join microblog.users as author on author.id = post.author_id and author.suspended_at is null
          order by post.id desc limit ${LIMIT}`,
        [],
      ),
    byAuthor: (author: string) =>
      rows<FloorPost>(
        'by-author',
        `select ${columns} from microblog.posts as post
           join microblog.users as author on author.id = post.author_id and author.suspended_at is null
          where post.author_id = $1 order by post.id desc limit ${LIMIT}`,
        [author],
      ),
    post: async (id: string) =>
      (
        await rows<FloorPost>(
          'post',
          `select ${columns} from microblog.posts as post
             join microblog.users as author on author.id = post.author_id and author.suspended_at is null
            where post.id = $1`,
          [id],
        )
      )[0],
    person: async (nickname: string, viewer: string | null) =>
      (
        await rows<FloorPerson>(
          'person',
          `select id, nickname, about_me, created_at, last_seen_at, post_count, follower_count, following_count,
                  exists (select from microblog.follows where follower_id = $2 and followed_id = users.id) as follows,
                  exists (select from microblog.follows where follower_id = users.id and followed_id = $2)
                    as follows_back
             from microblog.users where lower(nickname) = $1`,
          [nickname.toLowerCase(), viewer],
        )
      )[0],
    async publish(id: string, author: string, body: string): Promise<void> {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query({
          name: 'publish',
          text: `insert into microblog.posts (id, author_id, body, language, created_at)
                 values ($1, $2, $3, 'en', now())`,
          values: [id, author, body],
        });
        await client.query('commit');
      } finally {
        client.release();
      }
    },
  };
}
