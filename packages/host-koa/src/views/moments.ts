import { dateFormat } from '../../assets/browser/date-format.ts';
import { longDate, relativeTime } from '../../assets/browser/relative-time.ts';
import type { Moment } from './people-and-posts.ts';

/** An instant for a reader: exact in UTC, which is said, since the server does not know their time zone. */
export function moment(instant: Date, lang: string, now: Date = new Date()): Moment {
  const exact = dateFormat(lang, {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'UTC',
  }).format(instant);
  return {
    iso: instant.toISOString(),
    exact,
    relative: relativeTime(instant, now, lang, 'UTC'),
    day: longDate(instant, lang, 'UTC'),
  };
}
