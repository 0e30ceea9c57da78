import { z } from 'zod';
import { MicroblogError } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';

/**
 * A place in a list: the id of the item that it lies beside. An item that is deleted in the meantime
 * leaves the cursor valid, since ids are ordered whether they exist or not.
 */
export type Cursor = string;

/**
 * Which part of a list. Lists run from the newest to the oldest; `before` asks for the items older than
 * the cursor, `after` for the nearest newer ones. Without either, the newest.
 */
export interface PageRequest {
  /** Items at most, from 1 to 200. */
  readonly limit: number;
  readonly before?: Cursor | undefined;
  readonly after?: Cursor | undefined;
}

/** A part of a list, newest first, whichever way it was asked for. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it as `before` for the older items; null where there are none. */
  readonly next: Cursor | null;
  /** Give it as `after` for the newer items; null where there are none. */
  readonly previous: Cursor | null;
}

/** What callers of a service give; the service adds its limit where none is given. */
export type PageInput = Partial<PageRequest>;

/** The largest page. A caller who asks for more gets this many items. */
export const MAX_PAGE_LIMIT = 200;

const pageSchema = z.object({
  limit: z.int().min(1).optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/**
 * Checks what a caller gave. A limit above 200 is lowered to 200, as clients expect of a maximum.
 * @throws {MicroblogError} `invalid_cursor` for an invalid cursor and for both cursors at once, `invalid_input` with
 * the field `limit` for anything but a whole number of at least 1.
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
  throw new MicroblogError('invalid_cursor', `"${parameter}" is not a cursor that this list gave out.`, {
    details: { parameter },
  });
}

/**
 * Makes a page from what a storage read: up to `limit + 1` rows in the direction of the request, so that
 * one row too many tells whether the list goes on. `rows` run newest first for `before` and the plain
 * request, oldest first for `after`.
 */
export function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  request: PageRequest,
): Page<Row> {
  const goesOn = rows.length > request.limit;
  const kept = rows.slice(0, request.limit);
  const newestFirst = request.after === undefined ? kept : kept.reverse();
  const newest = newestFirst[0]?.id;
  const oldest = newestFirst.at(-1)?.id;
  if (request.after !== undefined) {
    return {
      items: newestFirst,
      next: oldest ?? null,
      previous: goesOn && newest !== undefined ? newest : null,
    };
  }
  return {
    items: newestFirst,
    next: goesOn && oldest !== undefined ? oldest : null,
    previous: request.before !== undefined && newest !== undefined ? newest : null,
  };
}

/** The same, with items that are made together. */
export async function mapPageAsync<From, To>(
  page: Page<From>,
  turn: (item: From) => Promise<To>,
): Promise<Page<To>> {
  return { ...page, items: await Promise.all(page.items.map(turn)) };
}

/** The same page with each item turned into something else. */
export function mapPage<From, To>(page: Page<From>, turn: (item: From) => To): Page<To> {
  return { ...page, items: page.items.map(turn) };
}
