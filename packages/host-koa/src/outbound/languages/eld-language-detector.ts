import type { LanguageDetector } from '@microblog/core';
import { isRuledOut, scriptLanguage } from './script-language.ts';
import { writtenWords } from './written-words.ts';

/** Shorter texts give random results. */
const MIN_LETTERS = 8;
const MIN_WORDS = 2;
/** A lower score means a language that the library does not know. */
const MIN_SCORE = 0.55;
/**
 * How far the best guess must be ahead of the second, more so in short texts. It is the least value at which no text
 * of the first half of `bench/languages/labelled-sentences` got a wrong tag, with room to spare.
 */
const MIN_LEAD = 0.02;
const LEAD_OF_ONE_LETTER = 0.6;

/** Languages so similar that a short text does not show which it is. */
const tooSimilar = new Set(['id', 'ms', 'hr', 'sr', 'bs']);

type Library = typeof import('eld/extrasmall')['eld'];

/**
 * Guesses by script, and by the n-grams of `eld` if several languages share a script; null unless the guess is
 * clearly ahead. The library is loaded for the first post: some tenths of a second of work, once, and 30 MB of
 * memory.
 */
export function eldLanguageDetector(): LanguageDetector {
  let library: Promise<Library> | undefined;

  async function load(): Promise<Library> {
    library ??= import('eld/extrasmall').then(({ eld }) => eld);
    try {
      return await library;
    } catch (error) {
      library = undefined;
      throw error;
    }
  }

  return {
    async detect(text) {
      const words = writtenWords(text);
      const byScript = scriptLanguage(words);
      if (byScript !== null) return byScript;
      const letters = words.match(/\p{L}/gu)?.length ?? 0;
      if (letters < MIN_LETTERS || wordsOf(words).length < MIN_WORDS) return null;
      const [best, second] = rankedGuesses(await load(), words);
      if (best === undefined || best.score < MIN_SCORE || tooSimilar.has(best.language)) return null;
      const lead = best.score - (second?.score ?? 0);
      return lead >= Math.max(MIN_LEAD, LEAD_OF_ONE_LETTER / letters) ? best.language : null;
    },
  };
}

/** Best first. Scores run from 0 to 1. */
function rankedGuesses(library: Library, words: string) {
  return Object.entries(library.detect(words).getScores())
    .map(([language, score]) => ({ language, score }))
    .filter(({ language }) => !isRuledOut(language, words))
    .sort((a, b) => b.score - a.score);
}

function wordsOf(words: string): string[] {
  return words.split(' ').filter((word) => /\p{L}{2}/u.test(word));
}
