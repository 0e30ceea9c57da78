import { dateFormat } from './date-format.ts';

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const WEEK = 7 * 86_400;

/** Greatest clock difference of two machines, in seconds; a time further in the future is shown as a date. */
const SKEW = 3_600;

/**
 * How long ago, as short as the language allows: "now", "5m ago"; after a week the date, with the year if it is
 * another one. Up to an hour in the future is "now", since clocks differ; beyond that, a date. Server and browser
 * share this code. The server writes dates in UTC; the browser passes no `timeZone` and so uses its own zone.
 */
export function relativeTime(then: Date, now: Date, language: string, timeZone?: string): string {
  if (showsDate(then, now)) return shortDate(then, now, language, timeZone);
  const seconds = (now.getTime() - then.getTime()) / 1000;
  const format = relativeFormat(language);
  for (const [unit, size] of steps) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return nowIn(language);
}

/** Whether a time is shown as a date. */
export function showsDate(then: Date, now: Date): boolean {
  const seconds = (now.getTime() - then.getTime()) / 1000;
  return seconds >= WEEK || seconds < -SKEW;
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
 * Always in numbers: "yesterday" means a calendar day, not 24 to 48 hours ago. The narrow style is used only if it
 * has words; in French it is "-5 min".
 */
function shortestFormat(language: string): Intl.RelativeTimeFormat {
  const narrow = new Intl.RelativeTimeFormat(language, { style: 'narrow' });
  const isBare = /^\p{P}?\p{S}?\p{Nd}+ ?\p{L}+$/u.test(narrow.format(-5, 'minute'));
  return isBare ? new Intl.RelativeTimeFormat(language, { style: 'short' }) : narrow;
}

/** Only the day, written out: "November 22, 2026". */
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
