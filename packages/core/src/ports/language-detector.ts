/** Guesses the language of a text. Core calls it once for each post, at publication. */
export interface LanguageDetector {
  /**
   * A BCP 47 tag such as `es`, or null if the guess is uncertain. A wrong tag misleads search, screen readers and
   * translation; a missing tag does not. A rejection counts as null and is logged.
   */
  detect(text: string): Promise<string | null>;
}

/** Detects nothing: posts are stored without a language. */
export const noLanguageDetector: LanguageDetector = { detect: async () => null };
