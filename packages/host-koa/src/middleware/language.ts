import type { HostMiddleware } from '../context.ts';
import type { Host } from '../host.ts';
import { chosenLanguage } from '../sessions/preferences.ts';

/** The language of the answer: the one chosen in this browser, else the best that the browser asks for. */
export function language({ translations }: Pick<Host, 'translations'>): HostMiddleware {
  return async (ctx, next) => {
    const chosen = chosenLanguage(ctx);
    ctx.state.lang =
      chosen !== null && translations.offers(chosen)
        ? chosen
        : translations.negotiate(ctx.get('Accept-Language') || undefined);
    ctx.state.translate = translations.translate(ctx.state.lang);
    await next();
  };
}
