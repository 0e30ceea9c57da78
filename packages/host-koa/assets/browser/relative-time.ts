import { dateFormat } from './date-format.ts';

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const WEEK = 7 * 86_400;

/** What the clocks of two machines differ by at most, in seconds: beyond it, the future is no matter of clocks. */
const SKEW = 3_600;

/**
 * How long ago, as short as the language allows: "now", "5m ago"; after a week the date, with the year where it is
 * another one. What lies in the future is "now" for an hour, for clocks differ, and a date from then on. Server and
 * browser share it; the server writes dates in UTC, the browser in its own zone, which is that of no `timeZone`.
 */
export function relativeTime(then: Date, now: Date, language: string, timeZone?: string): string {
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds >= WEEK || seconds < -SKEW) return shortDate(then, now, language, timeZone);
  const format = relativeFormat(language);
  for (const [unit, size] of steps) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return nowIn(language);
}

const formats = new Map<string, Intl.RelativeTimeFormat>();
const nows = new Map<string, string>();

function nowIn(language: string): string {
  const now =
    nows.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  nows.set(language, now);
  return now;
}

function relativeFormat(language: string): Intl.RelativeTimeFormat {
  const format = formats.get(language) ?? shortestFormat(language);
  formats.set(language, format);
  return format;
}

/**
 * In numbers: "yesterday" is a day of the calendar, not the time between 24 and 48 hours ago. Narrow where that
 * is made of words; in French it is "-5 min".
 */
function shortestFormat(language: string): Intl.RelativeTimeFormat {
  const narrow = new Intl.RelativeTimeFormat(language, { style: 'narrow' });
  const isBare = /^\p{P}?\p{S}?\p{Nd}+ ?\p{L}+$/u.test(narrow.format(-5, 'minute'));
  return isBare ? new Intl.RelativeTimeFormat(language, { style: 'short' }) : narrow;
}

/** The day alone, written out: "November 22, 2026". */
export function longDate(then: Date, language: string, timeZone?: string): string {
  return dateFormat(language, { dateStyle: 'long', timeZone }).format(then);
}

function shortDate(then: Date, now: Date, language: string, timeZone: string | undefined): string {
  const yearOf = (date: Date) => dateFormat('en', { year: 'numeric', timeZone }).format(date);
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(yearOf(then) === yearOf(now) ? {} : { year: 'numeric' }),
    timeZone,
  }).format(then);
}
