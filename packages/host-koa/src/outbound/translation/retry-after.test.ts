import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';

const now = Date.parse('2026-01-01T12:00:00Z');

describe('retryAfterSeconds', () => {
  it.each([
    ['7', 7],
    ['0', 1],
    ['99999999', 3600],
    ['Thu, 01 Jan 2026 12:01:30 GMT', 90],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 1],
    ['soon', 30],
    ['', 30],
    ['-5', 30],
  ])('reads %j as %d s', (value, seconds) => {
    expect(retryAfterSeconds(new Headers({ 'Retry-After': value }), now)).toBe(seconds);
  });

  it('is half a minute without a header', () => {
    expect(retryAfterSeconds(new Headers(), now)).toBe(30);
  });
});
