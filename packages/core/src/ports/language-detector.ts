/** Guesses which language a text is written in. Asked once for each post, when it is published. */
export interface LanguageDetector {
  /**
   * A BCP 47 tag such as `es`, or null where the guess is not certain: a wrong tag misleads search, screen
   * readers and translation, a missing one does not. A rejection counts as null, and is logged.
   */
  detect(text: string): Promise<string | null>;
}

/** Knows no language: posts are kept without one. */
export const noLanguageDetector: LanguageDetector = { detect: async () => null };
