import { MicroblogError } from '../kernel/errors.ts';

/** The languages of a translation, as BCP 47 tags. */
export interface TranslationLanguages {
  /** Null: the engine detects it. */
  readonly from: string | null;
  readonly to: string;
}

/** The answer of an engine. */
export interface TranslatedText {
  /** Plain text; hosts escape it. */
  readonly text: string;
  /** The language that the engine detected; null if it was given or is not reported. Core drops invalid tags. */
  readonly from: string | null;
}

/**
 * Translates plain text. Core passes only posts and stores the answers. In one process it asks once per post and
 * language, for any number of waiting readers.
 */
export interface Translator {
  /** False if there is no engine. Pages then offer no translation. */
  readonly enabled: boolean;
  /** The name that readers see, such as `LibreTranslate`. */
  readonly name: string;
  /**
   * Answers within seconds or fails, since a reader waits. Never returns an empty text.
   * @throws {MicroblogError} `translation_unsupported` for languages that the engine does not offer; `translation_busy`
   * if it asks for a pause, with `details.retryAfterSeconds`; `translation_unavailable` if it can't be reached or does
   * not answer in time; `translation_failed` for a refusal or an invalid answer. Causes and details contain no API key.
   */
  translate(text: string, languages: TranslationLanguages): Promise<TranslatedText>;
}

/** Translation switched off. */
export const noTranslator: Translator = {
  enabled: false,
  name: 'none',
  translate: () => Promise.reject(new MicroblogError('translation_off', 'There is no translator.')),
};
