import type { Urls } from '../../site/urls.ts';
import type { HostContext } from '../context.ts';

/** Cookies for the language and the theme that the reader chose. They last a year. */
const LANGUAGE = 'microblog_language';
const THEME = 'microblog_theme';
const YEAR = 365 * 24 * 60 * 60 * 1000;

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto` follows the system. */
export type Theme = (typeof themes)[number];

export function chosenTheme(ctx: HostContext): Theme {
  const theme = ctx.cookies.get(THEME, { signed: false });
  return themes.find((known) => known === theme) ?? 'auto';
}

export function rememberTheme(urls: Urls, ctx: HostContext, theme: Theme): void {
  remember(urls, ctx, THEME, theme);
}

/** The language that was chosen, or null. The site may no longer offer it. */
export function chosenLanguage(ctx: HostContext): string | null {
  return ctx.cookies.get(LANGUAGE, { signed: false }) ?? null;
}

export function rememberLanguage(urls: Urls, ctx: HostContext, language: string): void {
  remember(urls, ctx, LANGUAGE, language);
}

/** Removes the choice: from now on the account decides, or the browser's `Accept-Language`. */
export function forgetLanguage(urls: Urls, ctx: HostContext): void {
  ctx.cookies.set(LANGUAGE, null, { path: urls.cookiePath, signed: false });
}

function remember(urls: Urls, ctx: HostContext, name: string, value: string): void {
  ctx.cookies.set(name, value, {
    path: urls.cookiePath,
    signed: false,
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    maxAge: YEAR,
  });
}
