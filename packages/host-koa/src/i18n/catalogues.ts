import enErrors from '../../locales/en/errors.json' with { type: 'json' };
import enPages from '../../locales/en/pages.json' with { type: 'json' };
import esErrors from '../../locales/es/errors.json' with { type: 'json' };
import esPages from '../../locales/es/pages.json' with { type: 'json' };

/** Compiled into the build, so that nothing is read when a process starts. */
export const catalogues: Readonly<Record<string, { readonly pages: object; readonly errors: object }>> = {
  en: { pages: enPages, errors: enErrors },
  es: { pages: esPages, errors: esErrors },
};
