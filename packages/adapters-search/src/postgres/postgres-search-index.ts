import {
  type PostId,
  requireKnownOptions,
  type SearchIndex,
  type SearchProgress,
  type SearchQuery,
} from '@microblog/core';
import { type IdRange, readRecentCursor, recentHits, windowedHits } from '../windows.ts';
import { conditions, configurationsOf, type TsQuery, wantedWords } from './ts-query.ts';

/** A storage whose migrations made the index tables, such as `PostgresStorage` of adapters-postgres. */
export interface PostgresQueries {
  readonly schema: string;
  /** Runs one statement with `?` placeholders and returns its rows. */
  query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]>;
}

/** Options of the index in Postgres. */
export interface PostgresSearchIndexOptions {
  /** Languages in which other forms of a word are found, in addition to that of `lang:`. Default: English. */
  readonly languages?: readonly string[];
}

/** Number of newest posts that are read first: enough for a page of a common word, and to estimate how common it is. */
const PROBE = 2_000;
/** Cost of a match from the index, in posts read one after the other. */
const COST_OF_MATCH = 25;
/** Number of matches that are ranked against each other. */
const WINDOW = 200;

interface Match {
  readonly id: PostId;
  readonly score: number;
  /** Approximate number of posts in the index; Postgres counts when it gathers statistics. */
  readonly posts: number;
}

/**
 * `SEARCH=postgres`: full text search in the database of the posts. Triggers keep the index up to date. It needs no
 * extension and no job. Only posts older than the switch to this index have to be added.
 */
export function postgresSearchIndex(
  storage: PostgresQueries,
  options: PostgresSearchIndexOptions = {},
): SearchIndex {
  requireKnownOptions('postgresSearchIndex', options, { languages: true });
  const { languages = ['en'] } = options;
  const schema = `"${storage.schema}"`;
  const { query: run } = storage;
  let enabled = false;

  /** Switches the triggers on; they do nothing on sites with another search index. */
  async function enable(): Promise<void> {
    if (enabled) return;
    await run(`update ${schema}.search_state set enabled = true where not enabled`, []);
    enabled = true;
  }

  async function progress(): Promise<SearchProgress> {
    const [state] = await run<{ complete: boolean; reached: PostId | null }>(
      `select complete, reached::text as reached from ${schema}.search_state`,
      [],
    );
    return { complete: state?.complete === true, reached: state?.reached ?? null };
  }

  const stemsOf = (query: SearchQuery) =>
    configurationsOf(query.languages.length > 0 ? query.languages : languages);

  /**
   * Matches of a range, newest first. The index would gather all matches before it knows the newest. It is used only
   * if reading the newest posts one by one is unlikely to give enough matches.
   */
  async function matches(query: SearchQuery, range: IdRange, limit: number, score: TsQuery | null) {
    const condition = conditions(query, stemsOf(query));
    const bounds = boundsOf(query, range);
    const statement = (source: string, values: readonly unknown[]) =>
      run<Match>(
        `select post_id::text as id, ${score === null ? '0' : `round(ts_rank(words, ${score.sql}, 1) * 1000000)::float8`} as score,
                (select reltuples::float8 from pg_class where oid = '${schema}.post_search'::regclass) as posts
           from ${source} order by post_id desc limit ?`,
        [...(score?.values ?? []), ...values, limit],
      );
    const filter = condition === null ? '' : `where words @@ ${condition.sql}`;
    const wanted = condition?.values ?? [];
    const amongNewest = (posts: number) =>
      statement(
        `(select post_id, words from ${schema}.post_search where ${bounds.sql} order by post_id desc limit ${posts}) as newest ${filter}`,
        [...bounds.values, ...wanted],
      );
    const first = await amongNewest(PROBE);
    if (first.length === limit || condition === null) return first;
    const share = first.length / PROBE;
    const needed = Math.ceil(limit / share);
    if (needed <= COST_OF_MATCH * share * (first[0]?.posts ?? 0)) {
      // Twice as many, since matches are not spread evenly.
      const more = await amongNewest(2 * needed);
      if (more.length === limit) return more;
    }
    return statement(
      `(select post_id, words from ${schema}.post_search where words @@ ${condition.sql} offset 0) as matching where ${bounds.sql}`,
      [...wanted, ...bounds.values],
    );
  }

  return {
    enabled: true,
    upkeep: 'storage',

    async search(query, request) {
      if (request.order === 'recent') {
        const before = readRecentCursor(request.cursor);
        const to = before === null ? null : ((BigInt(before) - 1n).toString() as PostId);
        const found = await matches(query, { from: null, to }, request.limit, null);
        return recentHits(found.map(({ id }) => id));
      }
      const words = wantedWords(query, stemsOf(query));
      return windowedHits(request, WINDOW, (range, limit) => matches(query, range, limit, words));
    },

    async add(posts, progress) {
      await enable();
      if (posts.length > 0) {
        await run(
          `insert into ${schema}.post_search (post_id, words)
           select id, ${schema}.search_vector(body, language, author_id)
             from ${schema}.posts where id = any (string_to_array(?, ',')::bigint[])
               for share
           on conflict (post_id) do update set words = excluded.words`,
          [posts.map(({ id }) => id).join(',')],
        );
      }
      if (progress === undefined) return;
      // Without statistics, Postgres would treat every word as rare.
      if (progress.complete) await run(`analyze ${schema}.post_search`, []);
      await run(`update ${schema}.search_state set complete = ?::boolean, reached = ?::bigint`, [
        progress.complete,
        progress.reached,
      ]);
    },

    async remove(ids) {
      if (ids.length === 0) return;
      await run(`delete from ${schema}.post_search where post_id = any (string_to_array(?, ',')::bigint[])`, [
        ids.join(','),
      ]);
    },

    async clear() {
      await enable();
      await run(`delete from ${schema}.post_search`, []);
      await run(`update ${schema}.search_state set complete = false, reached = null`, []);
    },

    async status() {
      const [size] = await run<{ posts: string; bytes: string }>(
        `select (select count(*) from ${schema}.post_search)::text as posts,
                pg_total_relation_size('${schema}.post_search')::text as bytes`,
        [],
      );
      return { posts: Number(size?.posts), bytes: Number(size?.bytes), progress: await progress() };
    },

    progress,

    // The caller owns the storage and closes it.
    close: async () => {},
  };
}

function boundsOf(query: SearchQuery, range: IdRange): { sql: string; values: PostId[] } {
  const bounds = [
    ['>=', query.from],
    ['<', query.until],
    ['>=', range.from],
    ['<=', range.to],
  ] as const;
  const given = bounds.flatMap(([operator, id]) => (id === null ? [] : [{ operator, id }]));
  return {
    sql: ['true', ...given.map(({ operator }) => `post_id ${operator} ?::bigint`)].join(' and '),
    values: given.map(({ id }) => id),
  };
}
