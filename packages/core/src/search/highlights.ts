import { placesOf } from './matching.ts';
import type { SearchQuery } from './search-query.ts';
import { placedWords } from './words.ts';

/** A part of a text: from `start` up to but without `end`, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a text that match a query, in order, without overlaps. The words of a phrase are one part. May be empty
 * if the index matched another form of a word.
 */
export function highlightsIn(text: string, { all }: SearchQuery): TextRange[] {
  const placed = placedWords(text);
  const words = placed.map(({ word }) => word);
  const ranges = all.flat().flatMap((term) =>
    placesOf(term, words).flatMap((place): TextRange[] => {
      const [first, last] = [placed[place], placed[place + term.words.length - 1]];
      return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
    }),
  );
  return merged(ranges.sort((one, other) => one.start - other.start || one.end - other.end));
}

function merged(sorted: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last === undefined || range.start >= last.end) result.push(range);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return result;
}
