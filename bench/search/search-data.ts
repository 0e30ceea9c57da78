import { migrate, type PostgresStorage, postgresStorage } from '@microblog/adapters-postgres';
import { fileSearchIndex, postgresSearchIndex } from '@microblog/adapters-search';
import { createMicroblog, type SearchIndex } from '@microblog/core';
import { AUTHORS, generatedPosts } from './posts.ts';

export interface FillOptions {
  readonly posts: number;
  readonly file: string;
  readonly databaseUrl: string;
  readonly language: string | null;
}

/** Writes posts into an empty database, then fills both indexes as `microblog search reindex` does. */
export async function fillIndexes({ posts, file, databaseUrl, language }: FillOptions): Promise<void> {
  const storage = postgresStorage({ connectionString: databaseUrl, poolSize: 2 });
  await migrate(storage);
  const seconds = await secondsOf(() => write(storage, posts, language));
  console.log(`written: ${Math.round(posts / seconds)} posts/s`);
  const indexes = { file: fileSearchIndex({ file }), postgres: postgresSearchIndex(storage) };
  for (const [name, index] of Object.entries(indexes)) await fill(name, storage, index);
  await storage.query('vacuum (analyze) microblog.post_search', []);
  for (const index of Object.values(indexes)) await index.close();
  await storage.close();
}

/** The fastest way to insert posts; the indexes are not updated. */
async function write({ query }: PostgresStorage, posts: number, language: string | null): Promise<void> {
  await query(
    `insert into microblog.users (id, nickname, created_at)
     select n, 'author' || n, now() from generate_series(1, ${AUTHORS}) as n`,
    [],
  );
  for (const batch of generatedPosts(posts, 20_000, language)) {
    await query(
      `insert into microblog.posts (id, author_id, body, language, created_at)
       select id, "authorId", body, language, "createdAt"
         from json_to_recordset(?::json)
           as post (id bigint, "authorId" bigint, body text, language text, "createdAt" timestamptz)`,
      [JSON.stringify(batch)],
    );
  }
  await query('vacuum (analyze) microblog.posts', []);
}

async function fill(name: string, storage: PostgresStorage, index: SearchIndex): Promise<void> {
  const { search } = createMicroblog({ storage, search: index });
  const memory = greatestMemory();
  const seconds = await secondsOf(() => search.fill());
  const { posts, bytes } = await index.status();
  const [rate, size] = [Math.round(posts / seconds), ((bytes ?? 0) / 2 ** 20).toFixed(0)];
  console.log(
    `${name}: ${posts} posts, ${rate} posts/s, ${size} MB; this process had ${memory()} MB at most`,
  );
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/**
 * Samples the memory of this process ten times a second; the returned function stops and returns the maximum, in
 * megabytes.
 */
function greatestMemory(): () => number {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const looking = setInterval(look, 100).unref();
  return () => {
    clearInterval(looking);
    look();
    return Math.round(most / 2 ** 20);
  };
}
