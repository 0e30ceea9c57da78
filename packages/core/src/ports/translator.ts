import { MicroblogError } from '../kernel/errors.ts';

/** What is to be translated from which language into which, as BCP 47 tags. */
export interface TranslationLanguages {
  /** Null: the engine is to find out. */
  readonly from: string | null;
  readonly to: string;
}

/** What an engine answers. */
export interface TranslatedText {
  /** Plain text; hosts escape it. */
  readonly text: string;
  /** The language that the engine found, where it was not told one; null where it does not say. Core drops what is no tag. */
  readonly from: string | null;
}

/**
 * An engine that translates plain text. Core asks it with posts alone, keeps what it answers, and asks once for
 * a post and a language, however many wait for it in this process.
 */
export interface Translator {
  /** False where there is none; pages then offer no translation. */
  readonly enabled: boolean;
  /** Whom readers see as the translator, such as `LibreTranslate`. */
  readonly name: string;
  /**
   * Answers within seconds, or gives up: somebody waits. Never an empty text.
   * @throws {MicroblogError} `translation_unsupported` for languages that the engine does not offer;
   * `translation_busy` where it wants a pause, with `details.retryAfterSeconds`; `translation_unavailable` where
   * it can't be reached or does not answer in time; `translation_failed` for a refusal or an answer that makes no
   * sense. Causes and details hold no key.
   */
  translate(text: string, languages: TranslationLanguages): Promise<TranslatedText>;
}

/** No translation at all. */
export const noTranslator: Translator = {
  enabled: false,
  name: 'none',
  translate: () => Promise.reject(new MicroblogError('translation_off', 'There is no translator.')),
};
