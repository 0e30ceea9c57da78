import { dateFormat } from '../../assets/browser/date-format.ts';
import { longDate, relativeTime } from '../../assets/browser/relative-time.ts';
import type { Moment } from './people-and-posts.ts';

/** A time for a reader: exact, in UTC and labelled as such, since the server does not know the reader's time zone. */
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
