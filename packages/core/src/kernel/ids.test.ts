import { describe, expect, it } from 'vitest';
import { compareIds, composeId, isId, type PostId, parseId, timeOfId } from './ids.ts';

const LARGEST = '9223372036854775807';

describe('isId', () => {
  it('accepts every positive signed 64-bit number', () => {
    expect(['1', '42', LARGEST].filter(isId)).toHaveLength(3);
  });

  it('refuses 2^63 and more', () => {
    expect(isId('9223372036854775808')).toBe(false);
    expect(isId('123456789012345678901234567890')).toBe(false);
  });

  it.each(['', '0', '007', '-1', '+1', '1.0', '1e3', ' 1', '1\n', '0x10', '१२', 'abc', '1;drop'])(
    'refuses %j, which is not the canonical form of a number',
    (text) => expect(isId(text)).toBe(false),
  );
});

describe('parseId', () => {
  it('returns a valid id unchanged, and null for anything else', () => {
    expect(parseId<PostId>('42')).toBe('42');
    expect(parseId<PostId>('42a')).toBeNull();
  });
});

describe('compareIds', () => {
  it('orders ids as numbers, not as texts', () => {
    expect(['10', '9', LARGEST, '1'].sort(compareIds)).toEqual(['1', '9', '10', LARGEST]);
  });

  it('returns 0 for equal ids', () => {
    expect(compareIds('42', '42')).toBe(0);
  });
});

describe('composeId', () => {
  const instant = new Date('2026-03-04T05:06:07.089Z');

  it('contains the millisecond, which timeOfId returns', () => {
    expect(timeOfId(composeId<PostId>(instant.getTime(), 65_535))).toEqual(instant);
  });

  it('puts every sequence number of a millisecond before the next millisecond', () => {
    const last = composeId<PostId>(instant.getTime(), 65_535);
    const next = composeId<PostId>(instant.getTime() + 1, 0);
    expect(compareIds(last, next)).toBeLessThan(0);
  });

  it('makes ids that a JavaScript number would not hold', () => {
    const id = composeId<PostId>(instant.getTime(), 1);
    expect(Number.isSafeInteger(Number(id))).toBe(false);
    expect(isId(id)).toBe(true);
  });
});
