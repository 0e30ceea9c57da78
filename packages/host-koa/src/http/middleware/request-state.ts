import type { Translations } from '../../i18n/translations.ts';
import type { HostMiddleware } from '../context.ts';

/**
 * Sets the whole state of a request before other code reads it: that of a visitor, in the fallback language. Later
 * middleware replaces values.
 */
export function requestState(translations: Translations): HostMiddleware {
  const lang = translations.negotiate(undefined);
  const translate = translations.translate(lang);
  return async (ctx, next) => {
    ctx.state = {
      requestId: '',
      route: null,
      lang,
      translate,
      viewer: null,
      suspended: false,
      isVisit: true,
      draft: null,
      formToken: null,
    };
    await next();
  };
}
