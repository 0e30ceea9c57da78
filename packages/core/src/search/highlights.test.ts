import { describe, expect, it } from 'vitest';
import { highlightsIn } from './highlights.ts';
import { parseSearchQuery } from './parse-search-query.ts';

const marked = (query: string, text: string) =>
  highlightsIn(text, parseSearchQuery(query).query).map(({ start, end }) => text.slice(start, end));

describe('highlightsIn', () => {
  it.each([
    ['cafe', 'A CAFÉ, a café', ['CAFÉ', 'café']],
    ['"green tea"', 'green, tea and green', ['green, tea']],
    ['sun*', 'Sunrise and sunset, unsung', ['Sunrise', 'sunset']],
    ['cats or dogs', 'dogs', ['dogs']],
    ['jam -butter', 'jam', ['jam']],
    ['東京', '私は東京にいる', ['東京']],
    ['"tea house" house', 'a tea house', ['tea house']],
    ['👧', '👨‍👩‍👧', ['👧']],
    ['from:ada', 'ada', []],
    ['run', 'running', []],
  ])('of %s in %s', (query, text, expected) => {
    expect(marked(query, text)).toEqual(expected);
  });

  it('come in order and do not overlap', () => {
    const text = 'a b c d e f';
    const ranges = highlightsIn(text, parseSearchQuery('"c d e" "a b" "b c" f').query);
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['a b c d e', 'f']);
  });
});
