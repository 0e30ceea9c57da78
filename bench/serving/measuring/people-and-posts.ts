import pg from 'pg';
import { busyReader, samplePeople } from '../database/people.ts';

export interface KnownPerson {
  readonly id: string;
  readonly nickname: string;
}

/** Whom and what the requests of a run are about. */
export interface Subjects {
  readonly members: readonly KnownPerson[];
  readonly authors: readonly KnownPerson[];
  readonly posts: readonly string[];
  readonly sample: { readonly viewer: string; readonly author: string; readonly post: string };
}

/** Chooses members, authors and posts from all over the tables, always the same ones. */
export async function chooseSubjects(databaseUrl: string, members = 400, targets = 2_000): Promise<Subjects> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[]) =>
      (await client.query<Row>(text, values)).rows;
    const usual = `select id, nickname from microblog.users where nickname ~ '^[a-z]+_[0-9]+$' order by hashint8(id)`;
    const people = await rows<KnownPerson>(`${usual} limit $1`, [targets]);
    const posts = await rows<{ id: string }>(
      `select id from microblog.posts where body <> 'zqbody' order by hashint8(id) limit $1`,
      [targets],
    );
    const named = async (nickname: string) =>
      (await rows<{ id: string }>('select id from microblog.users where nickname = $1', [nickname]))[0]?.id ??
      '';
    const author = await named(samplePeople.author);
    const [post] = await rows<{ id: string }>('select id from microblog.posts where author_id = $1 limit 1', [
      author,
    ]);
    return {
      members: people.slice(0, members),
      authors: people.toReversed(),
      posts: posts.map(({ id }) => id),
      sample: { viewer: await named(samplePeople.viewer), author, post: post?.id ?? '' },
    };
  } finally {
    await client.end();
  }
}

/** The readers who follow so many people. */
export async function busyReadersOf(databaseUrl: string, follows: number): Promise<readonly KnownPerson[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const pattern = `${busyReader(follows, 0).slice(0, -1)}%`;
    const text = 'select id, nickname from microblog.users where nickname like $1 order by id';
    return (await client.query<KnownPerson>(text, [pattern])).rows;
  } finally {
    await client.end();
  }
}
