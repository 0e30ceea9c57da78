import { canonicalLanguage } from '../kernel/language-tag.ts';
import { emailSchema } from '../users/email.ts';

/** Of addresses: what browsers and proxies take without a second thought. */
const MAX_URL_LENGTH = 2_048;

/** An e-mail address as it is kept; null for what is none. */
export function emailAddress(text: string): string | null {
  return emailSchema.safeParse(text).data ?? null;
}

/** Null for what is no address of the web, and for one that carries a password. */
export function webAddress(text: string): string | null {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  return href.length > MAX_URL_LENGTH ? null : href;
}

/** A language in canonical form; null if it is invalid. Systems write `es_UY` for `es-UY`. */
export function languageTag(text: string): string | null {
  return canonicalLanguage(text.replaceAll('_', '-'));
}
