import { LRUCache } from 'lru-cache';
import { relativeTime, showsDate } from '../../assets/browser/relative-time.ts';
import type { PostTexts } from '../http/post-texts.ts';
import { keptByPost } from './kept-by-post.ts';
import { moment } from './moments.ts';
import { isLong, postHtml } from './post-text.ts';

/** Bytes for the texts of posts, of one application: those of about 10,000 posts of common length. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Relative times: a language has about 90 from "1m" to "6d", and a date for each day. */
const MAX_TIMES = 2_000;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The kept texts of one application. */
export function postTexts(): PostTexts {
  const times = new LRUCache<string, string>({ max: MAX_TIMES });
  return {
    of: keptByPost(MAX_BYTES, ({ body, createdAt }, lang) => {
      const { iso, exact, day } = moment(createdAt, lang);
      return { bodyHtml: postHtml(body), long: isLong(body), iso, exact, day };
    }),
    relative(instant, lang, now = new Date()) {
      const key = `${lang} ${bucketOf(instant, now)}`;
      const known = times.get(key);
      if (known !== undefined) return known;
      const text = relativeTime(instant, now, lang, 'UTC');
      times.set(key, text);
      return text;
    },
  };
}

/** Equal for all instants that have the same text now. */
function bucketOf(instant: Date, now: Date): string {
  if (showsDate(instant, now)) return `${Math.floor(instant.getTime() / DAY)} in ${now.getUTCFullYear()}`;
  const minutes = Math.max(0, Math.floor((now.getTime() - instant.getTime()) / MINUTE));
  if (minutes < 60) return `${minutes}m`;
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / (24 * 60))}d`;
}
