import { composeId, type PostId } from '../kernel/ids.ts';
import { withoutControls } from '../kernel/text.ts';
import { nicknameSchema } from '../users/nickname.ts';
import { primaryLanguage } from './matching.ts';
import type { SearchQuery, SearchTerm } from './search-query.ts';
import { searchWords } from './words.ts';

/** A parsed query text. */
export interface ParsedSearch {
  /** `authorIds` and `exceptAuthorIds` are empty: nicknames are not resolved to ids yet. */
  readonly query: SearchQuery;
  /** From `from:`. The users may not exist. */
  readonly nicknames: readonly string[];
  /** From `-from:`. */
  readonly exceptNicknames: readonly string[];
}

/** UTF-16 code units of a query that are read. The text of the longest post fits. */
export const MAX_QUERY_LENGTH = 5_000;
/** The maximum number of words, phrases and filters that are read. */
const MAX_TERMS = 32;
/** The maximum number of words that are read, in all terms together. */
const MAX_WORDS = 200;
/** A shorter prefix counts as a whole word: too many words begin with it. */
const MIN_PREFIX_LENGTH = 2;

/** One of `-word`, `"a phrase"`, `name:value`, or anything else up to a space. */
const piece = /(-*)(?:"([^"]*)"(\*?)|(\S+))/gu;

/** A query as it is searched for and shown: its first 5,000 characters, with a space for each that can't be shown. */
export function readableQuery(text: string): string {
  return withoutControls(text.slice(0, MAX_QUERY_LENGTH), ' ').replaceAll('\n', ' ');
}

/**
 * Parses the text of a search field: words that must all occur, `"quoted phrases"`, `-not`, `one or other`, a prefix as
 * `word*`, `from:nickname`, `lang:es`, `before:2026-03-01` and `after:2026-03` (that day or month included; days in
 * UTC). A `-` negates each of these four filters. Nothing is an error: any other text counts as words. Reads the first
 * 5,000 characters and 32 terms.
 */
export function parseSearchQuery(text: string): ParsedSearch {
  const reading = new Reading();
  const typed = readableQuery(text).replace(/[“”„«»＂]/g, '"');
  // An unpaired quote is ignored.
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
  /** An `or` that waits for the next term. */
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
    const term = { words, prefix: prefix && canBePrefix(last) };
    if (not) this.#none.push(term);
    else if (this.#or === null) this.#groups.push([term]);
    else this.#groups.at(-1)?.push(term);
    this.#or = null;
  }

  /** Reads `name:value`. Returns false if it is not a valid filter. */
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
    // Not before a day means from that day on.
    if ((name === 'after') !== not) this.#from = id;
    else this.#until = id;
    return true;
  }

  /** An `or` without a term on both sides counts as a word. */
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

/** Whether a word is long enough for a prefix. */
function canBePrefix(word: string): boolean {
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
