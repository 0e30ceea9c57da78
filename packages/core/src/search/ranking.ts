import { MicroblogError } from '../kernel/errors.ts';
import { compareIds, isId, type PostId } from '../kernel/ids.ts';
import type { SearchHit, SearchRequest } from '../ports/search-index.ts';

/** A post that was found, and how well it matches: the greater the better. */
export interface RankedPost {
  readonly id: PostId;
  /** Any finite number. */
  readonly score: number;
}

/**
 * Puts what an index found in the order of the request and cuts out its page: for indexes that rank all that
 * they find. A cursor is the score and the id of its hit.
 * @throws {MicroblogError} `invalid_cursor`.
 */
export function rankedHits(found: Iterable<RankedPost>, request: SearchRequest): SearchHit[] {
  const { order, limit, cursor } = request;
  const before = cursor === undefined ? null : readCursor(cursor);
  const compare = (one: RankedPost, other: RankedPost) =>
    (order === 'recent' ? 0 : other.score - one.score) || compareIds(other.id, one.id);
  return [...found]
    .filter((post) => before === null || compare(before, post) < 0)
    .sort(compare)
    .slice(0, limit)
    .map(({ id, score }) => ({ id, cursor: `${score}_${id}` }));
}

function readCursor(cursor: string): RankedPost {
  const [, score = '', id = ''] = /^(-?\d[\d.e-]{0,30})_(\d+)$/.exec(cursor) ?? [];
  if (!isId(id) || !Number.isFinite(Number(score))) throw invalidSearchCursor();
  return { id: id as PostId, score: Number(score) };
}

/** What every index throws for a cursor that is none of its own. */
export function invalidSearchCursor(): MicroblogError<'invalid_cursor'> {
  return new MicroblogError('invalid_cursor', 'The cursor is not one that this search gave out.', {
    details: { parameter: 'cursor' },
  });
}
