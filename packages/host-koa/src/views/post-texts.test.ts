import { describe, expect, it } from 'vitest';
import { relativeTime } from '../../assets/browser/relative-time.ts';
import { postTexts } from './post-texts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ages = [
  -2 * HOUR,
  -HOUR - 1,
  -HOUR,
  -1,
  0,
  MINUTE - 1,
  MINUTE,
  2 * MINUTE - 1,
  HOUR - 1,
  HOUR,
  DAY - 1,
  DAY,
  2 * DAY - 1,
  7 * DAY - 1,
  7 * DAY,
  8 * DAY,
  400 * DAY,
];

describe('the kept relative times', () => {
  it.each(['en', 'es', 'ar', 'fr'])('are those of relativeTime (%s)', (lang) => {
    const texts = postTexts();
    for (const now of [new Date('2026-11-30T12:00:00.500Z'), new Date('2027-01-01T00:00:00Z')]) {
      // Twice: made, and kept.
      for (const age of [...ages, ...ages]) {
        const instant = new Date(now.getTime() - age);
        expect([age, texts.relative(instant, lang, now)]).toEqual([
          age,
          relativeTime(instant, now, lang, 'UTC'),
        ]);
      }
    }
  });
});
