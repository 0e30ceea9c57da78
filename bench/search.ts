/**
 * How long searches take: node --conditions=@microblog/source search.ts POSTS FILE DATABASE_URL
 *
 * Fills the file and an empty database with the same posts, and prints a table in Markdown.
 */

import { migrate, type PostgresStorage, postgresStorage } from '@microblog/adapters-postgres';
import { fileSearchIndex, postgresSearchIndex } from '@microblog/adapters-search';
import { createMicroblog, parseSearchQuery, type SearchIndex, type SearchOrder } from '@microblog/core';
import { measure, type Times } from './measure.ts';
import { AUTHORS, generatedPosts } from './posts.ts';

const [count = '200000', file = '', databaseUrl = ''] = process.argv.slice(2);
if (file === '' || databaseUrl === '') {
  console.error('usage: node --conditions=@microblog/source search.ts POSTS FILE DATABASE_URL');
  process.exit(2);
}

const queries = ['common', 'common usual', '"common usual"', 'middling', 'rareish', 'unique', 'wa*'];
const LIMIT = 51;

const storage = postgresStorage({ connectionString: databaseUrl, poolSize: 2 });
await migrate(storage);
await write(storage, Number(count));
const indexes = {
  file: fileSearchIndex({ file }),
  postgres: postgresSearchIndex(storage),
};
for (const [name, index] of Object.entries(indexes)) await fill(name, index);

console.log('| query | order | file p50 | p99 | postgres p50 | p99 | like p50 | p99 |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const query of queries) {
  for (const order of ['relevance', 'recent'] as const) {
    const cells = [
      await times(indexes.file, query, order),
      await times(indexes.postgres, query, order),
      order === 'recent' ? await likeTimes(query) : null,
    ];
    console.log(`| \`${query}\` | ${order} | ${cells.map(shown).join(' | ')} |`);
  }
}
for (const index of Object.values(indexes)) await index.close();
await storage.close();

/** The posts and their authors, as quickly as that goes; the index is filled afterwards, as by a reindex. */
async function write({ query, knex }: PostgresStorage, posts: number): Promise<void> {
  await query(
    `insert into microblog.users (id, nickname, created_at)
     select n, 'author' || n, now() from generate_series(1, ${AUTHORS}) as n`,
    [],
  );
  for (const batch of generatedPosts(posts, 5_000)) {
    await query(
      `insert into microblog.posts (id, author_id, body, created_at)
       select id, "authorId", body, "createdAt"
         from json_to_recordset(?::json) as post (id bigint, "authorId" bigint, body text, "createdAt" timestamptz)`,
      [JSON.stringify(batch)],
    );
  }
  await knex.raw('vacuum analyze microblog.posts');
}

async function fill(name: string, index: SearchIndex): Promise<void> {
  const start = performance.now();
  await createMicroblog({ storage, search: index }).search.fill();
  const seconds = (performance.now() - start) / 1_000;
  const { posts, bytes } = await index.status();
  const megabytes = ((bytes ?? 0) / 2 ** 20).toFixed(0);
  console.log(`${name}: ${posts} posts, ${Math.round(posts / seconds)} posts/s, ${megabytes} MB\n`);
}

function times(index: SearchIndex, text: string, order: SearchOrder): Promise<Times> {
  const { query } = parseSearchQuery(text);
  return measure(() => index.search(query, { order, limit: LIMIT }));
}

/** What one would write without an index: every word anywhere in the text, the newest first. */
function likeTimes(text: string): Promise<Times> {
  const patterns = text.startsWith('"') ? [text.replaceAll('"', '')] : text.replace('*', '').split(' ');
  const conditions = patterns.map(() => 'body ilike ?').join(' and ');
  const sql = `select id from microblog.posts where ${conditions} order by id desc limit ${LIMIT}`;
  return measure(
    () =>
      storage.query(
        sql,
        patterns.map((word) => `%${word}%`),
      ),
    20,
  );
}

function shown(cell: Times | null): string {
  return cell === null ? ' | ' : `${cell.p50.toFixed(1)} | ${cell.p99.toFixed(1)}`;
}
