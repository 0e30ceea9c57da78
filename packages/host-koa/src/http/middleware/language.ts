import type { Translations } from '../../i18n/translations.ts';
import type { HostContext, HostMiddleware } from '../context.ts';
import { chosenLanguage } from '../sessions/preferences.ts';

/** The language of the answer: the one chosen in this browser, else the best that the browser asks for. */
export function language(translations: Translations): HostMiddleware {
  return async (ctx, next) => {
    speak(translations, ctx, chosenHere(translations, ctx) ?? asked(translations, ctx));
    await next();
  };
}

/** Once it is known who reads: the language of their account, where none was chosen in this browser. */
export function accountLanguage(translations: Translations): HostMiddleware {
  return async (ctx, next) => {
    const { viewer } = ctx.state;
    const own = viewer?.locale == null ? null : translations.nearest(viewer.locale);
    if (own !== null && chosenHere(translations, ctx) === null) speak(translations, ctx, own);
    await next();
  };
}

/** Says in which language an answer is, and what else it could have been in. */
export function tellLanguage(ctx: HostContext): void {
  ctx.set('Content-Language', ctx.state.lang);
  ctx.vary('Cookie, Accept-Language');
}

function chosenHere(translations: Translations, ctx: HostContext): string | null {
  const chosen = chosenLanguage(ctx);
  return chosen !== null && translations.offers(chosen) ? chosen : null;
}

function asked(translations: Translations, ctx: HostContext): string {
  return translations.negotiate(ctx.get('Accept-Language') || undefined);
}

function speak(translations: Translations, ctx: HostContext, code: string): void {
  ctx.state.lang = code;
  ctx.state.translate = translations.translate(code);
}
