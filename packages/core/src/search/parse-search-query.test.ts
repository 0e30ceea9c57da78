import { describe, expect, it } from 'vitest';
import { composeId } from '../kernel/ids.ts';
import { parseSearchQuery } from './parse-search-query.ts';
import type { SearchTerm } from './search-query.ts';

const shown = ({ words, prefix }: SearchTerm) => `${words.join(' ')}${prefix ? '*' : ''}`;

/** A query as one line: groups of alternatives, then excluded terms. */
function read(text: string): string {
  const { all, none } = parseSearchQuery(text).query;
  return [...all.map((group) => group.map(shown).join(' | ')), ...none.map((term) => `-${shown(term)}`)].join(
    ', ',
  );
}

const idAt = (iso: string) => composeId(Date.parse(iso), 0);

describe('parseSearchQuery', () => {
  it.each([
    ['red house', 'red, house'],
    ['"red house" garden', 'red house, garden'],
    ['“red house” „two words“', 'red house, two words'],
    ['red -house -"a garden"', 'red, -house, -a garden'],
    ['cats or dogs', 'cats | dogs'],
    ['a1 or b1 or "c1 d1" e1', 'a1 | b1 | c1 d1, e1'],
    ['cats OR dogs', 'cats | dogs'],
    ['sun*', 'sun*'],
    ['"good morn"*', 'good morn*'],
    ['-sun*', '-sun*'],
    ["don't e-mail", 'don t, e mail'],
    ['Crème BRÛLÉE', 'creme, brulee'],
    ['東京', '東 京'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['', ''],
    ['   ', ''],
    ['"', ''],
    ['"" - -- * … ?!', ''],
    ['"red house', 'red, house'],
    ['red" house', 'red, house'],
    ['or', 'or'],
    ['or cats', 'or, cats'],
    ['cats or', 'cats, or'],
    ['cats or -dogs', 'cats, or, -dogs'],
    ['cats or from:ada', 'cats, or'],
    ['a*', 'a'],
    ['--red', '-red'],
    ['from:', 'from'],
    ['from:a/b', 'from a b'],
    ['from:...', 'from'],
    ['lang:spanish', 'lang spanish'],
    ['before:yesterday', 'before yesterday'],
    ['after:2026-02-30', 'after 2026 02 30'],
    ['after:2026-13', 'after 2026 13'],
    ['-from:', '-from'],
    ['-from:a/b', '-from a b'],
    ['-lang:spanish', '-lang spanish'],
    ['-before:yesterday', '-before yesterday'],
    ['from:-ada', 'from ada'],
    ['AND NOT (x)', 'and, not, x'],
  ])('reads %s as words', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('reads each nickname once, ignoring case', () => {
    const { nicknames, query } = parseSearchQuery('from:ada from:@ADA from:ben_2');
    expect([nicknames, query.all]).toEqual([['ada', 'ben_2'], []]);
  });

  it('reads languages by their primary subtag', () => {
    expect(parseSearchQuery('lang:es-MX lang:ES lang:fr').query.languages).toEqual(['es', 'fr']);
  });

  it('reads excluded people and languages', () => {
    const { query, nicknames, exceptNicknames } = parseSearchQuery(
      'tea from:eva -from:@Ada --from:ADA -from:ben -lang:es-MX lang:en -LANG:es',
    );
    expect([nicknames, exceptNicknames]).toEqual([['eva'], ['ada', 'ben']]);
    expect([query.languages, query.exceptLanguages]).toEqual([['en'], ['es']]);
    expect([query.all.length, query.none]).toEqual([1, []]);
  });

  it('reads days, months and years, which begin at midnight in UTC', () => {
    const { from, until } = parseSearchQuery('after:2026-03 before:2026-04-15').query;
    expect([from, until]).toEqual([idAt('2026-03-01T00:00:00Z'), idAt('2026-04-15T00:00:00Z')]);
    expect(parseSearchQuery('AFTER:2026').query.from).toBe(idAt('2026-01-01T00:00:00Z'));
    const { query } = parseSearchQuery('-before:2026-03 -after:2026-04-15');
    expect([query.from, query.until]).toEqual([from, until]);
    expect(parseSearchQuery('after:2024-02-29').query.from).toBe(idAt('2024-02-29T00:00:00Z'));
  });

  it('makes ids from the earliest and the latest possible dates', () => {
    expect(parseSearchQuery('after:0001-01-01').query.from).toBe('1');
    expect(BigInt(parseSearchQuery('before:9999-12-31').query.until ?? 0) < 2n ** 63n).toBe(true);
  });

  it('reads only the maximum number of terms and words', () => {
    expect(parseSearchQuery('word '.repeat(2_000)).query.all).toHaveLength(32);
    expect(parseSearchQuery('from:ada '.repeat(1_000)).nicknames).toEqual(['ada']);
    const [[{ words = [] } = {}] = []] = parseSearchQuery(`"${'a '.repeat(2_000)}"`).query.all;
    expect(words).toHaveLength(200);
  });
});
