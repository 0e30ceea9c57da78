import { isKnownCode, type KnownCode } from '../../src/host-errors.ts';
import { errorTexts, fieldText } from '../../src/i18n/error-texts.ts';
import { translations } from '../../src/i18n/translations.ts';

const offered = translations(['en', 'es']);

/** The host's texts in a language, from its own catalogues. */
export function texts(language: string) {
  const t = offered.translate(language);
  return {
    t,
    /** The whole error text of a code. */
    error(code: string) {
      const { title, text } = errorTexts(t, known(code));
      return `${title}. ${text}`;
    },
    /** Its title only. */
    errorTitle: (code: string) => errorTexts(t, known(code)).title,
    field: (
      field: string,
      problem: Parameters<typeof fieldText>[1]['problem'],
      params: Record<string, number> = {},
    ) => fieldText(t, { field, problem, params }),
  };
}

function known(code: string): KnownCode {
  if (!isKnownCode(code)) throw new Error(`There is no error "${code}".`);
  return code;
}
