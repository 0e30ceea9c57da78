import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import {
  compareIds,
  isId,
  type Logger,
  type PostId,
  relevance,
  requireKnownOptions,
  type SearchIndex,
  type SearchProgress,
  type SearchQuery,
  searchWords,
  silentLogger,
} from '@microblog/core';
import { type IdRange, readRecentCursor, recentHits, windowedHits } from '../windows.ts';
import { matchExpression, tagsOf } from './match-expression.ts';
import { searchFile } from './search-file.ts';

/** Where the index file is, and which logger it uses. */
export interface FileSearchIndexOptions {
  /** Path of the file. SQLite adds `-wal`, `-shm` and `.lock` beside it. The directory is made on first use. */
  readonly file: string;
  /** Logs a warning if the file had to be rebuilt. Default: no logging. */
  readonly logger?: Logger;
}

/**
 * `SEARCH=file`: an index in one file, by SQLite's FTS5 (https://www.sqlite.org/fts5.html). Several processes of one
 * machine may open it. Entries survive `kill -9`; posts added by jobs also survive a power cut. A missing, outdated
 * or damaged file is replaced by an empty one. Its progress starts again, so that jobs fill it; until then, searches
 * find less.
 * @throws {Error} for an unknown option.
 */
export function fileSearchIndex(options: FileSearchIndexOptions): SearchIndex {
  requireKnownOptions('fileSearchIndex', options, { file: true, logger: true });
  const { file, logger = silentLogger } = options;
  const { use, write, close } = searchFile(file, logger);

  return {
    enabled: true,
    upkeep: 'jobs',

    async search(query, request) {
      if (request.order === 'recent') {
        const before = readRecentCursor(request.cursor);
        const to = before === null ? null : previousId(before);
        return recentHits(use((database) => matchingIds(database, query, { from: null, to }, request.limit)));
      }
      return windowedHits(request, WINDOW, (range, limit) =>
        use((database) =>
          matchingRows(database, query, range, limit).map(({ id, words }) => ({
            id,
            score: relevance(query, words.split(' ')),
          })),
        ),
      );
    },

    async add(posts, progress) {
      const unique = new Map(posts.map((post) => [post.id, post]));
      const rows = [...unique.values()].map((post) => ({
        id: BigInt(post.id),
        words: searchWords(post.body).join(' '),
        tags: tagsOf(post),
      }));
      await write({ add: rows, ...(progress === undefined ? {} : { progress }) });
    },

    async remove(ids) {
      const remove = [...new Set(ids)].filter(isId).map(BigInt);
      if (remove.length > 0) await write({ remove });
    },

    clear: () => write({ clear: true }),

    async status() {
      const { posts, progress } = use(readState);
      return { posts, bytes: sizeOf(file) + sizeOf(`${file}-wal`), progress };
    },

    async progress() {
      return use(readState).progress;
    },

    close,
  };
}

function readState(database: DatabaseSync): { posts: number; progress: SearchProgress } {
  const state = database.prepare('select posts, complete, reached from state').get();
  const reached = typeof state?.reached === 'string' ? (state.reached as PostId) : null;
  return { posts: Number(state?.posts), progress: { complete: state?.complete === 1, reached } };
}

/** Number of matches that are ranked against each other: as many as in Postgres. Ranking 1,000 takes 3 ms. */
const WINDOW = 200;

/** The largest row number of SQLite, and the largest id. */
const MAX_ROWID = 2n ** 63n - 1n;

/** A match, and the words of its post. */
interface Row {
  readonly id: PostId;
  readonly words: string;
}

function matchingRows(database: DatabaseSync, query: SearchQuery, range: IdRange, limit: number): Row[] {
  return matches(database, 'rowid, words', query, range, limit).map(([rowid, words]) => ({
    id: String(rowid) as PostId,
    words: String(words),
  }));
}

function matchingIds(database: DatabaseSync, query: SearchQuery, range: IdRange, limit: number): PostId[] {
  return matches(database, 'rowid', query, range, limit).map(([rowid]) => String(rowid) as PostId);
}

/** Matches of a range, newest first: FTS5 walks its lists backwards and stops at the limit. */
function matches(
  database: DatabaseSync,
  columns: 'rowid' | 'rowid, words',
  query: SearchQuery,
  range: IdRange,
  limit: number,
): SQLOutputValue[][] {
  const { from, to } = intersect(range, query);
  const rows = database.prepare(
    `select ${columns} from posts where posts match ? and rowid >= ? and rowid <= ? order by rowid desc limit ?`,
  );
  rows.setReadBigInts(true);
  rows.setReturnArrays(true);
  return rows.all(matchExpression(query), from, to, limit) as unknown as SQLOutputValue[][];
}

/** The part of the range that the query's own limits allow. */
function intersect(range: IdRange, query: SearchQuery): { from: SQLInputValue; to: SQLInputValue } {
  const known = (ids: readonly (PostId | null)[]) => ids.filter((id) => id !== null).sort(compareIds);
  const latestStart = known([range.from, query.from]).at(-1) ?? '0';
  const earliestEnd = known([range.to, query.until === null ? null : previousId(query.until)])[0];
  return { from: BigInt(latestStart), to: earliestEnd === undefined ? MAX_ROWID : BigInt(earliestEnd) };
}

function previousId(id: PostId): PostId {
  return (BigInt(id) - 1n).toString() as PostId;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
