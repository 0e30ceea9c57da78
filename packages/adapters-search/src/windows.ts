import {
  compareIds,
  invalidSearchCursor,
  isId,
  type PostId,
  type RankedPost,
  type SearchHit,
  type SearchRequest,
} from '@microblog/core';

/** A range of ids, both ends included; null is open. */
export interface IdRange {
  readonly from: PostId | null;
  readonly to: PostId | null;
}

interface Place {
  /** The window in progress: fixed when its first hit is returned, so that its order does not change. */
  readonly window: IdRange;
  /** The last hit that was returned from it. */
  readonly after: RankedPost;
}

/**
 * Hits by relevance with bounded work, however many posts match. The newest `size` matches are ranked against each
 * other, then the `size` before them, and so on. `candidates` reads the matches of a range, newest first.
 * @throws {MicroblogError} `invalid_cursor`.
 */
export async function windowedHits(
  { limit, cursor }: Pick<SearchRequest, 'limit' | 'cursor'>,
  size: number,
  candidates: (range: IdRange, limit: number) => Promise<readonly RankedPost[]> | readonly RankedPost[],
): Promise<SearchHit[]> {
  const hits: SearchHit[] = [];
  let place = cursor === undefined ? null : readPlace(cursor);
  let range: IdRange = place?.window ?? { from: null, to: null };
  for (;;) {
    const found = await candidates(range, size);
    const isLast = range.from === null && found.length < size;
    const oldest = range.from ?? (isLast ? null : (found.at(-1)?.id ?? null));
    const window: IdRange = { from: oldest, to: range.to ?? found[0]?.id ?? null };
    const after = place?.after;
    const ranked = found.filter((post) => after === undefined || compare(after, post) < 0).sort(compare);
    for (const post of ranked.slice(0, limit - hits.length)) {
      hits.push({ id: post.id, cursor: writePlace({ window, after: post }) });
    }
    if (hits.length === limit || isLast || oldest === null) return hits;
    range = { from: null, to: (BigInt(oldest) - 1n).toString() as PostId };
    place = null;
  }
}

function compare(one: RankedPost, other: RankedPost): number {
  return other.score - one.score || compareIds(other.id, one.id);
}

function writePlace({ window: { from, to }, after: { score, id } }: Place): string {
  return `w${to ?? ''}.${from ?? ''}.${score}.${id}`;
}

function readPlace(cursor: string): Place {
  const [, to = '', from = '', score = '', id = ''] = /^w(\d+)\.(\d*)\.(\d{1,15})\.(\d+)$/.exec(cursor) ?? [];
  if (!isId(to) || !isId(id) || (from !== '' && !isId(from))) throw invalidSearchCursor();
  return {
    window: { from: from === '' ? null : (from as PostId), to: to as PostId },
    after: { id: id as PostId, score: Number(score) },
  };
}

/** Hits, newest first; the cursor of a hit is its id. */
export function recentHits(ids: readonly PostId[]): SearchHit[] {
  return ids.map((id) => ({ id, cursor: `r${id}` }));
}

/**
 * Where a list of newest hits continues: after this id; null for the start.
 * @throws {MicroblogError} `invalid_cursor`.
 */
export function readRecentCursor(cursor: string | undefined): PostId | null {
  if (cursor === undefined) return null;
  const id = cursor.slice(1);
  if (!cursor.startsWith('r') || !isId(id)) throw invalidSearchCursor();
  return id as PostId;
}
