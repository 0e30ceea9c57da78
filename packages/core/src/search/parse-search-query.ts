import { composeId, type PostId } from '../kernel/ids.ts';
import { nicknameSchema } from '../users/nickname.ts';
import { primaryLanguage } from './matching.ts';
import type { SearchQuery, SearchTerm } from './search-query.ts';
import { searchWords } from './words.ts';

/** What somebody typed, understood. */
export interface ParsedSearch {
  /** Without `authorIds` and `exceptAuthorIds`: names are not ids yet. */
  readonly query: SearchQuery;
  /** From `from:`, whether there are such people or not. */
  readonly nicknames: readonly string[];
  /** From `-from:`. */
  readonly exceptNicknames: readonly string[];
}

/** Characters of a query that are read; a post of the greatest length fits, to be searched for as it is. */
export const MAX_QUERY_LENGTH = 5_000;
/** Words, phrases and filters that are read. */
const MAX_TERMS = 32;
/** Words that are read, in all terms together. */
const MAX_WORDS = 200;
/** A shorter beginning is taken for a word: too many words begin so. */
const MIN_PREFIX_LENGTH = 2;

/** One of `-word`, `"a phrase"`, `name:value`, or anything else up to a space. */
const piece = /(-*)(?:"([^"]*)"(\*?)|(\S+))/gu;

/**
 * Reads what people type: words that must all be there, `"quoted phrases"`, `-not`, `one or other`, the
 * beginning of a word as `word*`, `from:nickname`, `lang:es`, `before:2026-03-01` and `after:2026-03` (that
 * day or month included; days are those of UTC), and these four with a `-` for all others. Nothing is an
 * error: what is none of these is words. Reads the first 5,000 characters and 32 terms.
 */
export function parseSearchQuery(text: string): ParsedSearch {
  const reading = new Reading();
  const typed = text
    .slice(0, MAX_QUERY_LENGTH)
    .toWellFormed()
    .replace(/[“”„«»＂]/g, '"');
  // A quote without its other half means nothing.
  const quotes = typed.split('"').length - 1;
  const balanced = quotes % 2 === 0 ? typed : dropLast(typed, '"');
  for (const [, minus = '', phrase, star, word = ''] of balanced.matchAll(piece)) {
    if (reading.isFull) break;
    if (phrase !== undefined) reading.term(phrase, { not: minus !== '', prefix: star === '*' });
    else reading.piece(word, minus !== '');
  }
  return reading.result();
}

class Reading {
  readonly #groups: SearchTerm[][] = [];
  readonly #none: SearchTerm[] = [];
  readonly #nicknames: string[] = [];
  readonly #exceptNicknames: string[] = [];
  readonly #languages: string[] = [];
  readonly #exceptLanguages: string[] = [];
  #from: PostId | null = null;
  #until: PostId | null = null;
  /** An `or` that waits for what comes after it. */
  #or: string | null = null;
  #terms = 0;
  #words = 0;

  get isFull(): boolean {
    return this.#terms >= MAX_TERMS || this.#words >= MAX_WORDS;
  }

  piece(word: string, not: boolean): void {
    if (!not && /^or$/i.test(word) && this.#or === null && this.#groups.length > 0) {
      this.#or = word;
      return;
    }
    if (this.#filter(word, not)) {
      this.#dropOr();
      return;
    }
    this.term(word, { not, prefix: word.endsWith('*') });
  }

  term(text: string, { not, prefix }: { readonly not: boolean; readonly prefix: boolean }): void {
    const words = searchWords(text).slice(0, MAX_WORDS - this.#words);
    const last = words.at(-1);
    if (last === undefined) return;
    if (not) this.#dropOr();
    this.#words += words.length;
    this.#terms += 1;
    const term = { words, prefix: prefix && mayBeginWords(last) };
    if (not) this.#none.push(term);
    else if (this.#or === null) this.#groups.push([term]);
    else this.#groups.at(-1)?.push(term);
    this.#or = null;
  }

  /** Takes `name:value` where both make sense. */
  #filter(piece: string, not: boolean): boolean {
    const [, name = '', value = ''] = /^(from|lang|before|after):(.+)$/i.exec(piece) ?? [];
    if (value === '' || !this.#take(name.toLowerCase(), value, not)) return false;
    this.#terms += 1;
    return true;
  }

  #take(name: string, value: string, not: boolean): boolean {
    if (name === 'from') {
      const nickname = nicknameSchema.safeParse(value.replace(/^@/, ''));
      if (nickname.success) (not ? this.#exceptNicknames : this.#nicknames).push(nickname.data);
      return nickname.success;
    }
    if (name === 'lang') {
      const isTag = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value);
      if (isTag) (not ? this.#exceptLanguages : this.#languages).push(primaryLanguage(value));
      return isTag;
    }
    const id = idOfDate(value);
    if (id === null) return false;
    // What is not before a day is from that day on.
    if ((name === 'after') !== not) this.#from = id;
    else this.#until = id;
    return true;
  }

  /** An `or` with nothing on one side is a word. */
  #dropOr(): void {
    if (this.#or === null) return;
    const word = this.#or;
    this.#or = null;
    this.term(word, { not: false, prefix: false });
  }

  result(): ParsedSearch {
    this.#dropOr();
    return {
      query: {
        all: this.#groups,
        none: this.#none,
        authorIds: [],
        exceptAuthorIds: [],
        languages: [...new Set(this.#languages)],
        exceptLanguages: [...new Set(this.#exceptLanguages)],
        from: this.#from,
        until: this.#until,
      },
      nicknames: uniqueNicknames(this.#nicknames),
      exceptNicknames: uniqueNicknames(this.#exceptNicknames),
    };
  }
}

function uniqueNicknames(nicknames: readonly string[]): string[] {
  return [...new Set(nicknames.map((nickname) => nickname.toLowerCase()))];
}

/** In scripts without spaces, one letter says much. */
function mayBeginWords(word: string): boolean {
  return word.length >= MIN_PREFIX_LENGTH;
}

/** The first id of a day, a month or a year, or null for a date that does not exist. */
function idOfDate(text: string): PostId | null {
  const [, year = '', month = '01', day = '01'] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(text) ?? [];
  if (year === '') return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  // There are no ids before 1970, and none later than 2^47 milliseconds.
  return date.getTime() <= 0 ? ('1' as PostId) : composeId<PostId>(Math.min(date.getTime(), 2 ** 47 - 1), 0);
}

function dropLast(text: string, character: string): string {
  const place = text.lastIndexOf(character);
  return `${text.slice(0, place)} ${text.slice(place + 1)}`;
}
