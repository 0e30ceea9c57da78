import type { Translations } from '../../i18n/translations.ts';
import type { HostContext, HostMiddleware } from '../context.ts';
import { chosenLanguage } from '../sessions/preferences.ts';

/** Sets the language of the answer: the one chosen in this browser, or the best that the browser asks for. */
export function language(translations: Translations): HostMiddleware {
  return async (ctx, next) => {
    setLanguage(translations, ctx, chosenHere(translations, ctx) ?? negotiated(translations, ctx));
    await next();
  };
}

/** Sets the language of the viewer’s account, if none was chosen in this browser. Comes after the viewer is known. */
export function accountLanguage(translations: Translations): HostMiddleware {
  return async (ctx, next) => {
    const { viewer } = ctx.state;
    const own = viewer?.locale == null ? null : translations.nearest(viewer.locale);
    if (own !== null && chosenHere(translations, ctx) === null) setLanguage(translations, ctx, own);
    await next();
  };
}

/** Sets `Content-Language`, and `Vary` for the headers that the choice depended on. */
export function setContentLanguage(ctx: HostContext): void {
  ctx.set('Content-Language', ctx.state.lang);
  ctx.vary('Cookie, Accept-Language');
}

function chosenHere(translations: Translations, ctx: HostContext): string | null {
  const chosen = chosenLanguage(ctx);
  return chosen !== null && translations.offers(chosen) ? chosen : null;
}

function negotiated(translations: Translations, ctx: HostContext): string {
  return translations.negotiate(ctx.get('Accept-Language') || undefined);
}

function setLanguage(translations: Translations, ctx: HostContext, code: string): void {
  ctx.state.lang = code;
  ctx.state.translate = translations.translate(code);
}
