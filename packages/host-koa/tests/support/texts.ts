import { errorTexts, fieldText } from '../../src/i18n/error-texts.ts';
import { translations } from '../../src/i18n/translations.ts';

const offered = translations(['en', 'es']);

/** The host's texts in a language, from its own catalogues. */
export function texts(language: string) {
  const t = offered.translate(language);
  return {
    t,
    /** What a code says as a whole. */
    error(code: string) {
      const { title, text } = errorTexts(t, code);
      return `${title}. ${text}`;
    },
    field: (
      field: string,
      problem: Parameters<typeof fieldText>[1]['problem'],
      params: Record<string, number> = {},
    ) => fieldText(t, { field, problem, params }),
  };
}
