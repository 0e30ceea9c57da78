import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  embeddedStorage,
  migrate,
  migrationStatus,
  type PostgresStorage,
  postgresStorage,
  rollback,
} from '../packages/adapters-postgres/src/index.ts';
import { search } from '../packages/adapters-postgres/src/migrations/0004-search.ts';
import {
  type PostgresSearchIndexOptions,
  postgresSearchIndex,
} from '../packages/adapters-search/src/index.ts';
import { configurationsOf } from '../packages/adapters-search/src/postgres/ts-query.ts';
import { createMicroblog, parseSearchQuery } from '../packages/core/src/index.ts';
import { builders, searchIndexContract } from '../packages/core/src/testing/index.ts';
import { eldLanguageDetector } from '../packages/host-koa/src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { temporaryFolder } from './support/microblog-process.ts';

const cases = searchIndexContract({ kept: true, shared: true, steady: true });

/** An index whose triggers are on, with empty tables. */
async function emptied(storage: PostgresStorage) {
  const index = postgresSearchIndex(storage);
  await storage.query(`delete from "${storage.schema}".users`, []);
  await index.clear();
  return { index, storage, another: async () => postgresSearchIndex(storage) };
}

describe('postgresSearchIndex on a server', () => {
  let database: TestDatabase;
  let storage: PostgresStorage;
  beforeAll(async () => {
    database = await createDatabase();
    storage = postgresStorage({ connectionString: database.url });
    await migrate(storage);
  });
  afterAll(async () => {
    await storage.close();
    await database.drop();
  });
  for (const { name, run } of cases) it(name, () => run(() => emptied(storage)));

  it('finds posts by the language that was guessed when they were published, and by other forms of their words', async () => {
    const { index } = await emptied(storage);
    const search = postgresSearchIndex(storage, { languages: ['en', 'es'] });
    const microblog = createMicroblog({ storage, search, languageDetector: eldLanguageDetector() });
    const author = await storage.users.insert(builders().user());
    const bodies = {
      es: 'Mañana corremos por la playa con mis hermanos',
      en: 'We were running along the river all morning',
      none: 'ok 42',
    };
    const published = async (body: string) => (await microblog.posts.publish(author, { body })).language;
    expect(await Promise.all(Object.values(bodies).map(published))).toEqual(['es', 'en', null]);
    const found = async (query: string) =>
      (await microblog.search.posts(null, { query })).items.map(({ post }) => post.body);
    expect(await found('correr')).toEqual([bodies.es]);
    expect(await found('runs')).toEqual([bodies.en]);
    expect(await found('lang:es')).toEqual([bodies.es]);
    expect(await found('lang:es runs')).toEqual([]);
    expect(await found('42')).toEqual([bodies.none]);
    await index.clear();
  });

  const find = async (text: string, options: PostgresSearchIndexOptions = {}) => {
    const { query } = parseSearchQuery(text);
    return (await postgresSearchIndex(storage, options).search(query, { order: 'relevance', limit: 10 })).map(
      ({ id }) => id,
    );
  };

  it('finds other forms of a word in the language of the post, behind the word itself', async () => {
    await emptied(storage);
    const build = builders();
    const { id } = await storage.users.insert(build.user());
    const [english, spanish, unknown, exact] = [
      build.post(id, { body: 'she runs every morning', language: 'en-GB' }),
      build.post(id, { body: 'canciones de amor', language: 'es' }),
      build.post(id, { body: 'he runs too' }),
      build.post(id, { body: 'running is what we do', language: 'en' }),
    ] as const;
    for (const post of [exact, english, spanish, unknown]) await storage.posts.insert(post);
    expect(await find('running')).toEqual([exact.id, english.id]);
    expect(await find('canción', { languages: ['en', 'es'] })).toEqual([spanish.id]);
    expect(await find('cancion lang:es')).toEqual([spanish.id]);
    expect(await find('every -running')).toEqual([english.id]);
  });

  it('asks for other forms in the very languages for which the database keeps them', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const languages = letters.flatMap((one) => letters.map((other) => one + other));
    const rows = await storage.query<{ language: string; kept: string }>(
      `select language, microblog.search_configuration(language)::text as kept from unnest(?::text[]) as language`,
      [languages],
    );
    expect(rows).toHaveLength(languages.length);
    for (const { language, kept } of rows) {
      expect(configurationsOf([language]), language).toEqual(kept === 'simple' ? [] : [kept]);
    }
    expect(new Set(rows.map(({ kept }) => kept)).size).toBeGreaterThan(10);
  });

  it('costs places that search elsewhere no more than a look', async () => {
    await emptied(storage);
    await storage.query('update microblog.search_state set enabled = false', []);
    const build = builders();
    const { id } = await storage.users.insert(build.user());
    await storage.posts.insert(build.post(id));
    const index = postgresSearchIndex(storage);
    expect((await index.status()).posts).toBe(0);
    await index.add([]);
    await storage.posts.insert(build.post(id));
    expect((await index.status()).posts).toBe(1);
  });

  it('keeps up with posts that are changed or deleted by SQL, with their authors too', async () => {
    await emptied(storage);
    const build = builders();
    const { id } = await storage.users.insert(build.user());
    await storage.posts.insert(build.post(id, { body: 'before' }));
    await storage.query("update microblog.posts set body = 'afterwards'", []);
    expect([await find('before'), (await find('afterwards')).length]).toEqual([[], 1]);
    await storage.query('delete from microblog.users', []);
    expect((await postgresSearchIndex(storage).status()).posts).toBe(0);
  });

  it('finds all that match, however many posts hold a word and wherever those are', async () => {
    await emptied(storage);
    const { id } = await storage.users.insert(builders().user());
    await storage.query(
      `insert into microblog.posts (id, author_id, body, created_at)
       select 1000 + n, ?::bigint, concat_ws(' ', 'every',
                case when n % 12 = 0 then 'twelfth' end, case when n % 500 = 0 then 'seldom' end,
                case when n < 400 then 'formerly' end, case when n < 100 or n > 9880 then 'lately' end), now()
         from generate_series(1, 10000) as n`,
      [id],
    );
    // The number of posts decides between two query plans.
    await storage.query('analyze microblog.post_search', []);
    const pagesOf = async (word: string, order: 'recent' | 'relevance') => {
      const index = postgresSearchIndex(storage);
      const { query } = parseSearchQuery(word);
      const found: number[] = [];
      for (let cursor: string | undefined; ; ) {
        const hits = await index.search(query, { order, limit: 150, cursor });
        found.push(...hits.map((hit) => Number(hit.id) - 1000));
        if (hits.length < 150) return found;
        cursor = hits.at(-1)?.cursor;
      }
    };
    const holding: Record<string, (n: number) => boolean> = {
      every: () => true,
      twelfth: (n) => n % 12 === 0,
      seldom: (n) => n % 500 === 0,
      formerly: (n) => n < 400,
      lately: (n) => n < 100 || n > 9880,
    };
    const all = Array.from({ length: 10_000 }, (_, n) => 10_000 - n);
    for (const [word, holds] of Object.entries(holding)) {
      expect(await pagesOf(word, 'recent'), word).toEqual(all.filter(holds));
      const best = await pagesOf(word, 'relevance');
      expect(
        best.toSorted((one, other) => other - one),
        word,
      ).toEqual(all.filter(holds));
    }
  });

  it('rewrites, scans and indexes no table when its migration is applied, and needs no extension', async () => {
    const state = () =>
      storage.query(
        `select pg_relation_filenode(oid)::text as file, (select count(*)::int from pg_index where indrelid = pg_class.oid) as indexes
           from pg_class where relname in ('posts', 'users') and relnamespace = 'microblog'::regnamespace order by relname`,
        [],
      );
    const isApplied = async () => (await migrationStatus(storage)).applied.includes(search.name);
    while (await isApplied()) await rollback(storage);
    const before = await state();
    const locked: string[] = [];
    await storage.knex.transaction(async (trx) => {
      for (const statement of await search.up('"microblog"')) {
        await trx.raw(statement);
        const { rows } = await trx.raw(
          `select mode from pg_locks
            where pid = pg_backend_pid() and relation in ('microblog.posts'::regclass, 'microblog.users'::regclass)`,
        );
        const modes = rows.map(({ mode }: { mode: string }) => mode).join();
        if (modes !== '') locked.push(`${statement.slice(0, 14)}: ${modes}`);
      }
    });
    // Readers are never blocked; writers wait only for the last three statements, which read no posts.
    expect(locked).toEqual(Array(3).fill('create trigger: ShareRowExclusiveLock'));
    expect(await state()).toEqual(before);
    expect(await storage.query("select extname from pg_extension where extname <> 'plpgsql'", [])).toEqual(
      [],
    );
    for (const statement of search.down('"microblog"')) await storage.knex.raw(statement);
    await migrate(storage);
  });
});

describe('postgresSearchIndex on an embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let storage: PostgresStorage;
  beforeAll(async () => {
    folder = await temporaryFolder();
    storage = await embeddedStorage({ directory: `${folder.path}/postgres` });
    await migrate(storage);
  });
  afterAll(async () => {
    await storage.close();
    await folder.remove();
  });
  for (const { name, run } of cases) it(name, () => run(() => emptied(storage)));
});
