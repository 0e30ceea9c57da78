import { describe, expect, it, vi } from 'vitest';
import { relativeTime } from '../../assets/browser/relative-time.ts';
import { moment } from './moments.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ago = (milliseconds: number, language = 'en', zone = 'UTC') =>
  relativeTime(new Date(now.getTime() - milliseconds), now, language, zone);

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59 * SECOND, 'now'],
    [MINUTE, '1m ago'],
    [59 * MINUTE + 59 * SECOND, '59m ago'],
    [HOUR, '1h ago'],
    [23 * HOUR + 59 * MINUTE, '23h ago'],
    [DAY, '1d ago'],
    [6 * DAY + 23 * HOUR, '6d ago'],
    [7 * DAY, 'Mar 3'],
    [69 * DAY, 'Dec 31, 2025'],
  ])('%d ms ago is "%s"', (milliseconds, text) => expect(ago(milliseconds)).toBe(text));

  it.each([
    ['es', 'ahora', 'hace 5 min', 'hace 1 d', '3 mar', '31 dic 2025'],
    ['fr', 'maintenant', 'il y a 5 min', 'il y a 1 j', '3 mars', '31 déc. 2025'],
    ['ar', 'الآن', 'قبل 5 دقائق', 'قبل يوم واحد', '3 مارس', '31 ديسمبر 2025'],
  ])('speaks %s, in words', (language, ...texts) => {
    const times = [0, 5 * MINUTE, 30 * HOUR, 7 * DAY, 69 * DAY];
    expect(times.map((time) => ago(time, language).replaceAll('\u00a0', ' '))).toEqual(texts);
  });

  it('never says "yesterday" for a number of hours, such as 47', () => {
    for (const language of ['en', 'es', 'ar']) {
      const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
      for (const days of [1, 2]) {
        expect(ago(days * DAY + 23 * HOUR, language)).not.toBe(words.format(-days, 'day'));
      }
    }
  });

  it.each([
    [-SECOND, 'now'],
    [-59 * MINUTE, 'now'],
    [-2 * HOUR, 'Mar 10'],
    [-300 * DAY, 'Jan 4, 2027'],
  ])('takes %d ms ahead for "%s": clocks differ, but not by much', (milliseconds, text) => {
    expect(ago(milliseconds)).toBe(text);
  });

  it('writes the day, and the year, of the zone that it is for', () => {
    const midnight = new Date('2026-01-01T03:00:00.000Z');
    const texts = ['UTC', 'America/Montevideo', 'America/Los_Angeles', 'Asia/Tokyo'].map((zone) =>
      relativeTime(midnight, now, 'en', zone),
    );
    expect(texts).toEqual(['Jan 1', 'Jan 1', 'Dec 31, 2025', 'Jan 1']);
  });
});

describe('moment', () => {
  it.each(['en', 'ar'])('makes the formats of a language once: pages have many times, in %s', (lang) => {
    const written = () =>
      [0, MINUTE, DAY, 8 * DAY, 400 * DAY].map((age) => moment(new Date(now.getTime() - age), lang, now));
    const first = written();
    const made = [vi.spyOn(Intl, 'DateTimeFormat'), vi.spyOn(Intl, 'RelativeTimeFormat')];
    try {
      expect(written()).toEqual(first);
      for (const format of made) expect(format).not.toHaveBeenCalled();
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('is exact in UTC, which it says', () => {
    const instant = new Date('2026-01-05T23:04:05.678Z');
    expect(moment(instant, 'en', now)).toEqual({
      iso: '2026-01-05T23:04:05.678Z',
      exact: 'January 5, 2026 at 11:04:05 PM UTC',
      relative: 'Jan 5',
      day: 'January 5, 2026',
    });
    expect(moment(instant, 'es', now)).toMatchObject({
      exact: '5 de enero de 2026 a las 23:04:05 UTC',
      day: '5 de enero de 2026',
    });
    expect(moment(instant, 'ar', now).exact).toContain('UTC');
  });
});
