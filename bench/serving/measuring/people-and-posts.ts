import type { PostgresStorage } from '@microblog/adapters-postgres';
import pg from 'pg';
import { busyReader, samplePeople } from '../database/people.ts';
import { LAST_POST, sampleBody } from '../database/seed.ts';

export interface KnownPerson {
  readonly id: string;
  readonly nickname: string;
}

/** Whom and what the requests of a run are about. */
export interface Subjects {
  readonly members: readonly KnownPerson[];
  readonly authors: readonly KnownPerson[];
  readonly posts: readonly string[];
}

/** The sample people and a post, by their ids. */
export interface SampleSubjects {
  readonly viewer: string;
  readonly author: string;
  /** A post by the author, and one by the viewer. */
  readonly post: string;
  readonly ownPost: string;
}

/** How many members take turns. */
const MEMBERS = 400;
/** In an order that has nothing to do with time or with how lively people are, the same in each run. */
const people = (count: number) => `select id, nickname from microblog.users where nickname ~ '^[a-z]+_[0-9]+$'
  order by hashint8(id) limit ${count}`;
const posts = (count: number) => `select id from microblog.posts
  where body <> '${sampleBody}' and created_at < to_timestamp(${LAST_POST / 1000})
  order by hashint8(id) limit ${count}`;

/** Chooses members from all over the table, and so many authors and posts that are shown in turn. */
export async function chooseSubjects(databaseUrl: string, targets: number): Promise<Subjects> {
  return subjectsFrom((text) => select(databaseUrl, text), targets);
}

/** The same, of a database that is open in this process. */
export async function embeddedSubjects(
  storage: Pick<PostgresStorage, 'query'>,
  targets: number,
): Promise<Subjects> {
  return subjectsFrom((text) => storage.query(text, []), targets);
}

export async function sampleSubjects(databaseUrl: string): Promise<SampleSubjects> {
  const idOf = async (nickname: string) => {
    const [found] = await select<KnownPerson>(
      databaseUrl,
      `select id, nickname from microblog.users where nickname = '${nickname}'`,
    );
    return found?.id ?? '';
  };
  const postBy = async (id: string) => {
    const text = `select id from microblog.posts where author_id = ${id} limit 1`;
    const [found] = await select<{ id: string }>(databaseUrl, text);
    return found?.id ?? '';
  };
  const [viewer, author] = [await idOf(samplePeople.viewer), await idOf(samplePeople.author)];
  return { viewer, author, post: await postBy(author), ownPost: await postBy(viewer) };
}

/** The readers who follow so many people. */
export async function busyReadersOf(databaseUrl: string, follows: number): Promise<readonly KnownPerson[]> {
  const prefix = busyReader(follows, 0).slice(0, -1);
  return select(
    databaseUrl,
    `select id, nickname from microblog.users where starts_with(nickname, '${prefix}')`,
  );
}

async function subjectsFrom(
  read: <Row extends object>(text: string) => Promise<Row[]>,
  targets: number,
): Promise<Subjects> {
  const known = await read<KnownPerson>(people(Math.max(targets, MEMBERS)));
  const shown = await read<{ id: string }>(posts(targets));
  return {
    members: known.slice(0, MEMBERS),
    // Members seldom look at themselves.
    authors: known.toReversed().slice(0, targets),
    posts: shown.map(({ id }) => id),
  };
}

async function select<Row extends object>(databaseUrl: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
