import { describe, expect, it } from 'vitest';
import { compareIds, composeId, type PostId, timeOfId } from '../kernel/ids.ts';
import { fixedClock } from '../testing/fixed-clock.ts';
import { timeOrderedIds } from './id-generator.ts';

const START = new Date('2026-01-01T12:00:00.000Z');
const many = (count: number, next: () => PostId) => Array.from({ length: count }, next);
const isRising = (ids: readonly PostId[]) =>
  ids.every((id, index) => index === 0 || compareIds(ids[index - 1] ?? '', id) < 0);

describe('timeOrderedIds', () => {
  it('makes ids of the present millisecond', () => {
    const ids = timeOrderedIds(fixedClock(START));
    expect(timeOfId(ids.next<PostId>())).toEqual(START);
  });

  it('rises strictly within a millisecond and from one to the next', () => {
    const clock = fixedClock(START);
    const ids = timeOrderedIds(clock);
    const first = many(100, () => ids.next<PostId>());
    clock.advance(1);
    expect(isRising([...first, ...many(100, () => ids.next<PostId>())])).toBe(true);
  });

  it('starts each millisecond at a random number, so that two processes rarely make the same id', () => {
    const clock = fixedClock(START);
    const draws = [0, 0.5, 0.999_999];
    const ids = timeOrderedIds(clock, () => draws.shift() ?? 0);
    const sequences = [0, 0, 0].map((_, index) => {
      if (index > 0) clock.advance(1);
      return Number(BigInt(ids.next<PostId>()) & 0xffffn);
    });
    expect(sequences).toEqual([0, 16_384, 32_767]);
  });

  it('keeps rising if the clock goes back', () => {
    const clock = fixedClock(START);
    const ids = timeOrderedIds(clock);
    const before = ids.next<PostId>();
    clock.advance(-60_000);
    expect(isRising([before, ...many(10, () => ids.next<PostId>())])).toBe(true);
  });

  it('continues in the next millisecond if one runs out of numbers', () => {
    const ids = timeOrderedIds(fixedClock(START), () => 0);
    const made = many(65_537, () => ids.next<PostId>());
    expect(made.at(-2)).toBe(composeId(START.getTime(), 65_535));
    expect(made.at(-1)).toBe(composeId(START.getTime() + 1, 0));
  });

  it('stays above the ids already made when the clock reaches their millisecond', () => {
    const clock = fixedClock(START);
    const ids = timeOrderedIds(clock, () => 0);
    const borrowed = many(65_537, () => ids.next<PostId>()).at(-1) as PostId;
    clock.advance(1);
    expect(isRising([borrowed, ids.next<PostId>()])).toBe(true);
  });

  it('uses a given time, and continues from the clock afterwards', () => {
    const ids = timeOrderedIds(fixedClock(START));
    const earlier = new Date('2012-12-12T12:12:12.012Z');
    expect(timeOfId(ids.next<PostId>(earlier))).toEqual(earlier);
    expect(timeOfId(ids.next<PostId>())).toEqual(START);
  });

  it('has the whole range of numbers for items of the same past millisecond', () => {
    const ids = timeOrderedIds(fixedClock(START), () => 0.999_999);
    expect(ids.next<PostId>(START)).toBe(composeId(START.getTime(), 65_535));
  });
});
