const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const WEEK = 7 * 86_400;

/**
 * How long ago, as short as the language allows: "now", "5m ago"; after a week the date, with the year
 * where it is another one. Server and browser share it, so that a page does not change its words on load.
 */
export function relativeTime(then: Date, now: Date, language: string): string {
  const seconds = Math.max(0, (now.getTime() - then.getTime()) / 1000);
  if (seconds >= WEEK) return shortDate(then, now, language);
  const format = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'auto' });
  for (const [unit, size] of steps) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return format.format(0, 'second');
}

function shortDate(then: Date, now: Date, language: string): string {
  const sameYear = then.getUTCFullYear() === now.getUTCFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...year,
  }).format(then);
}
