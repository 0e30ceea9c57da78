import { describe, expect, it } from 'vitest';
import { rejectedWith } from '../testing/rejected-with.ts';
import { mapPage, type PageRequest, pageOf, parsePageInput } from './page.ts';

describe('parsePageInput', () => {
  it('uses the default limit if none is given', () => {
    expect(parsePageInput({}, 50)).toEqual({ limit: 50, before: undefined, after: undefined });
  });

  it('lowers a limit above 200 to 200', () => {
    expect(parsePageInput({ limit: 10_000 }, 50).limit).toBe(200);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the limit %d', (limit) => {
    const error = rejectedWith('invalid_input', () => parsePageInput({ limit }, 50));
    expect(error.details.fields).toEqual([{ field: 'limit', problem: 'wrong_type', params: {} }]);
  });

  it.each(['', 'abc', '0', '-5', '1 or 1=1', '9223372036854775808', '1'.repeat(30), '\0', '\ud800'])(
    'refuses the cursor %j, and names the parameter',
    (cursor) => {
      const before = rejectedWith('invalid_cursor', () => parsePageInput({ before: cursor }, 50));
      const after = rejectedWith('invalid_cursor', () => parsePageInput({ after: cursor }, 50));
      expect([before, after].map(({ details }) => details.parameter)).toEqual(['before', 'after']);
    },
  );

  it('refuses both cursors at once', () => {
    rejectedWith('invalid_cursor', () => parsePageInput({ before: '2', after: '1' }, 50));
  });
});

describe('pageOf', () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id: String(id) }));
  const page = (request: Partial<PageRequest>, ...ids: number[]) =>
    pageOf(rows(...ids), { limit: 2, ...request });

  it('keeps the limit, and has a next cursor if one extra row was read', () => {
    expect(page({}, 9, 8, 7)).toEqual({ items: rows(9, 8), next: '8', previous: null });
  });

  it('has no cursors if the list fits on one page', () => {
    expect(page({}, 9, 8)).toEqual({ items: rows(9, 8), next: null, previous: null });
    expect(page({})).toEqual({ items: [], next: null, previous: null });
  });

  it('has a previous cursor on a page of older rows', () => {
    expect(page({ before: '8' }, 7, 6, 5)).toEqual({ items: rows(7, 6), next: '6', previous: '7' });
  });

  it('has no next cursor at the oldest row', () => {
    expect(page({ before: '8' }, 7)).toEqual({ items: rows(7), next: null, previous: '7' });
  });

  it('reverses rows that were read oldest first, and keeps those nearest to the cursor', () => {
    expect(page({ after: '3' }, 4, 5, 6)).toEqual({ items: rows(5, 4), next: '4', previous: '5' });
  });

  it('has no previous cursor at the newest rows', () => {
    expect(page({ after: '7' }, 8, 9)).toEqual({ items: rows(9, 8), next: '8', previous: null });
  });

  it('does not change the rows that it was given', () => {
    const read = rows(4, 5);
    pageOf(read, { limit: 2, after: '3' });
    expect(read).toEqual(rows(4, 5));
  });
});

describe('mapPage', () => {
  it('converts the items and keeps the cursors', () => {
    const page = { items: [1, 2], next: '2', previous: null };
    expect(mapPage(page, String)).toEqual({ items: ['1', '2'], next: '2', previous: null });
  });
});
