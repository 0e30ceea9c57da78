import type { PostgresStorage } from '@microblog/adapters-postgres';
import { composeId } from '@microblog/core';
import { repeatableRandom } from '../../repeatable-random.ts';
import { type SeedPerson, samplePeople, seedPeople } from './people.ts';
import { seedText } from './post-texts.ts';
import { busyReaders, type SeedSize } from './size.ts';

type Storage = Pick<PostgresStorage, 'query'>;

const FIRST_POST = Date.parse('2025-06-01T00:00:00Z');
/** The time before which all posts are the same in every run; see `freshen`. */
export const LAST_POST = Date.parse('2026-11-01T00:00:00Z');
const DAY = 86_400_000;
/** Rows of one statement. */
const BATCH = 20_000;
/** More posts than a page has, so that pages of the sample people link to further ones. */
const SAMPLE_POSTS = 60;
/** What all sample posts say. It occurs in no other text. */
export const sampleBody = 'zqbody';

/** Fills the tables of a migrated, empty database: people, follows, posts. Triggers keep the counts. */
export async function seed(storage: Storage, size: SeedSize): Promise<void> {
  const people = seedPeople(size);
  for (const batch of batches(people)) await insertPeople(storage, batch);
  const usual = people.slice(0, size.people);
  const random = repeatableRandom(7);
  for (const batch of batches(seedFollows(people, usual, random))) await insertFollows(storage, batch);
  const authors = usual.map(({ id }) => id);
  const texts = repeatableRandom(11);
  const gap = (LAST_POST - FIRST_POST) / size.posts;
  const posts = function* () {
    yield* samplePosts(people);
    for (let number = 0; number < size.posts; number++) {
      const at = Math.floor(FIRST_POST + number * gap);
      yield {
        id: composeId(at, number % 65_536),
        authorId: livelyAuthor(authors, texts),
        at,
        ...seedText(texts),
      };
    }
  };
  for (const batch of batches(posts())) await insertPosts(storage, batch);
  for (const table of ['users', 'follows', 'posts']) {
    await storage.query(`vacuum (analyze) microblog.${table}`, []);
  }
}

/**
 * Adds posts of the last day, one for a hundred old ones, and marks all people as seen now. Then pages have relative
 * times however old the seeded database is, and no visit is recorded while something is measured.
 */
export async function freshen(storage: Storage, size: SeedSize): Promise<void> {
  const authors = seedPeople(size)
    .slice(0, size.people)
    .map(({ id }) => id);
  const random = repeatableRandom(13);
  const count = Math.max(30, Math.floor(size.posts / 100));
  const now = Date.now();
  const posts = Array.from({ length: count }, (_, number) => {
    const at = Math.floor(now - ((count - number) * DAY) / count);
    return {
      id: composeId(at, number % 65_536),
      authorId: livelyAuthor(authors, random),
      at,
      ...seedText(random),
    };
  });
  await insertPosts(storage, posts);
  await storage.query(`update microblog.users set last_seen_at = now() + interval '1 hour'`, []);
  for (const table of ['users', 'posts']) await storage.query(`vacuum (analyze) microblog.${table}`, []);
}

interface PostRow {
  readonly id: string;
  readonly authorId: string;
  readonly body: string;
  readonly language: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Some people write far more than others. */
function livelyAuthor(authors: readonly string[], random: () => number): string {
  return authors[Math.floor(random() ** 1.5 * authors.length)] ?? '';
}

/** The oldest posts, so that no list but those of the sample people shows them. */
function* samplePosts(people: readonly SeedPerson[]): Generator<PostRow> {
  const idOf = (name: string) => people.find(({ nickname }) => nickname === name)?.id ?? '';
  for (let number = 0; number < SAMPLE_POSTS; number++) {
    const at = FIRST_POST - DAY + number * 1_000;
    const author = number % 5 === 4 ? samplePeople.viewer : samplePeople.author;
    yield { id: composeId(at, number), authorId: idOf(author), at, body: sampleBody, language: 'en' };
  }
}

interface FollowRow {
  readonly id: string;
  readonly followerId: string;
  readonly followedId: string;
}

function* seedFollows(
  people: readonly SeedPerson[],
  usual: readonly SeedPerson[],
  random: () => number,
): Generator<FollowRow> {
  let number = 0;
  const sampleAuthor = people.find(({ nickname }) => nickname === samplePeople.author);
  for (const person of people) {
    const chosen = new Set<SeedPerson>();
    if (person.nickname === samplePeople.viewer && sampleAuthor !== undefined) chosen.add(sampleAuthor);
    const all = person.follows >= Math.max(...busyReaders.follows) ? usual : null;
    for (const other of all ?? []) chosen.add(other);
    while (chosen.size < person.follows) {
      const other = usual[Math.floor(random() * usual.length)];
      if (other !== undefined && other !== person) chosen.add(other);
    }
    for (const followed of chosen) {
      yield { id: composeId(FIRST_POST + number, 0), followerId: person.id, followedId: followed.id };
      number++;
    }
  }
}

async function insertPeople(storage: Storage, people: readonly SeedPerson[]): Promise<void> {
  await storage.query(
    `insert into microblog.users (id, nickname, email, about_me, created_at)
     select id, nickname, nickname || '@example.org', "aboutMe", "createdAt"
       from json_to_recordset(?::json)
         as person (id bigint, nickname text, "aboutMe" text, "createdAt" timestamptz)`,
    [JSON.stringify(people)],
  );
}

async function insertFollows(storage: Storage, follows: readonly FollowRow[]): Promise<void> {
  await storage.query(
    `insert into microblog.follows (id, follower_id, followed_id, created_at)
     select id, "followerId", "followedId", to_timestamp((id >> 16) / 1000.0)
       from json_to_recordset(?::json) as follow (id bigint, "followerId" bigint, "followedId" bigint)`,
    [JSON.stringify(follows)],
  );
}

async function insertPosts(storage: Storage, posts: readonly PostRow[]): Promise<void> {
  await storage.query(
    `insert into microblog.posts (id, author_id, body, language, created_at)
     select id, "authorId", body, language, to_timestamp(at / 1000.0)
       from json_to_recordset(?::json)
         as post (id bigint, "authorId" bigint, body text, language text, at bigint)`,
    [JSON.stringify(posts)],
  );
}

function* batches<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
