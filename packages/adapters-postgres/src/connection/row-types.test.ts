import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './row-types.ts';

describe('parseTimestamp', () => {
  it.each([
    ['2026-01-31 12:00:00+00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:00.5+00', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31 12:00:00.123456+05:30', '2026-01-31T06:30:00.123Z'],
    ['2026-01-31 12:00:00-08', '2026-01-31T20:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseTimestamp(text).toISOString()).toBe(expected);
  });
});
