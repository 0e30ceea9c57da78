import { MicroblogError } from '../kernel/errors.ts';
import { compareIds, isId, type PostId } from '../kernel/ids.ts';
import type { SearchHit, SearchRequest } from '../ports/search-index.ts';

/** A found post and its score. A higher score is a better match. */
export interface RankedPost {
  readonly id: PostId;
  /** Any finite number. */
  readonly score: number;
}

/**
 * Sorts found posts in the order of the request and returns one page. For indexes that rank all found posts. A cursor
 * is the score and the id of its hit.
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

/** Every index throws this for a cursor that it did not return. */
export function invalidSearchCursor(): MicroblogError<'invalid_cursor'> {
  return new MicroblogError('invalid_cursor', 'The cursor is not from this search.', {
    details: { parameter: 'cursor' },
  });
}
