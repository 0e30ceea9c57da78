import { z } from 'zod';
import { MicroblogError } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';

/**
 * A place in a list: the id of the item next to it. It stays valid if that item is deleted, since ids are ordered by
 * time.
 */
export type Cursor = string;

/**
 * Which part of a list to return. Lists run from newest to oldest. `before` asks for the items older than the cursor,
 * `after` for the nearest newer ones. Without either, the newest items.
 */
export interface PageRequest {
  /** The largest number of items, from 1 to 200. */
  readonly limit: number;
  readonly before?: Cursor | undefined;
  readonly after?: Cursor | undefined;
}

/** One part of a list, newest first for every direction of the request. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Pass it as `before` to get older items; null if there are none. */
  readonly next: Cursor | null;
  /** Pass it as `after` to get newer items; null if there are none. */
  readonly previous: Cursor | null;
}

/** What callers of a service pass. The service has a default limit. */
export type PageInput = Partial<PageRequest>;

/** The largest page. A caller who asks for more gets this number of items. */
export const MAX_PAGE_LIMIT = 200;

const pageSchema = z.object({
  limit: z.int().min(1).optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/**
 * Checks a caller's input. Lowers a limit above 200 to 200, as clients expect of a maximum.
 * @throws {MicroblogError} `invalid_cursor` for an invalid cursor or both cursors at once; `invalid_input` with the
 * field `limit` for anything but a whole number of at least 1.
 */
export function parsePageInput(input: PageInput | undefined, defaultLimit: number): PageRequest {
  const { before, after, limit = defaultLimit } = parseInput(pageSchema, input ?? {});
  const cursors = { before: parseCursor('before', before), after: parseCursor('after', after) };
  if (before !== undefined && after !== undefined) {
    throw new MicroblogError('invalid_cursor', 'Give "before" or "after", not both.', {
      details: { parameter: 'after' },
    });
  }
  return { limit: Math.min(limit, MAX_PAGE_LIMIT), ...cursors };
}

function parseCursor(parameter: string, cursor: unknown): Cursor | undefined {
  if (cursor === undefined || isId(cursor)) return cursor;
  throw new MicroblogError('invalid_cursor', `"${parameter}" is not a cursor that this list returned.`, {
    details: { parameter },
  });
}

/**
 * Makes a page from the rows of a storage: up to `limit + 1` rows in the direction of the request. The extra row shows
 * that the list goes on. `rows` are newest first for `before` and without a cursor, oldest first for `after`.
 */
export function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  request: PageRequest,
): Page<Row> {
  const hasMore = rows.length > request.limit;
  const kept = rows.slice(0, request.limit);
  const newestFirst = request.after === undefined ? kept : kept.reverse();
  const newest = newestFirst[0]?.id;
  const oldest = newestFirst.at(-1)?.id;
  if (request.after !== undefined) {
    return {
      items: newestFirst,
      next: oldest ?? null,
      previous: hasMore && newest !== undefined ? newest : null,
    };
  }
  return {
    items: newestFirst,
    next: hasMore && oldest !== undefined ? oldest : null,
    previous: request.before !== undefined && newest !== undefined ? newest : null,
  };
}

/** As `mapPage`, but converts all items in one call. */
export async function mapPageAsync<From, To>(
  page: Page<From>,
  convert: (item: From) => Promise<To>,
): Promise<Page<To>> {
  return { ...page, items: await Promise.all(page.items.map(convert)) };
}

/** The same page with each item converted. */
export function mapPage<From, To>(page: Page<From>, convert: (item: From) => To): Page<To> {
  return { ...page, items: page.items.map(convert) };
}
