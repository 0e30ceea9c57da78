import enErrors from '../../locales/en/errors.json' with { type: 'json' };
import enMails from '../../locales/en/mails.json' with { type: 'json' };
import enPages from '../../locales/en/pages.json' with { type: 'json' };
import esErrors from '../../locales/es/errors.json' with { type: 'json' };
import esMails from '../../locales/es/mails.json' with { type: 'json' };
import esPages from '../../locales/es/pages.json' with { type: 'json' };

export interface Catalogue {
  readonly pages: object;
  readonly errors: object;
  readonly mails: object;
}

/** Compiled into the build, so that nothing is read when a process starts. */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  en: { pages: enPages, errors: enErrors, mails: enMails },
  es: { pages: esPages, errors: esErrors, mails: esMails },
};
