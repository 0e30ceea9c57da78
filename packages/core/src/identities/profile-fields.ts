import type { z } from 'zod';
import { problem } from '../kernel/input.ts';
import { canonicalLanguage } from '../kernel/language-tag.ts';
import { isUsable } from '../kernel/text.ts';
import { emailSchema } from '../users/email.ts';

/** UTF-16 code units of a URL: browsers and proxies accept at least so many. */
const MAX_URL_LENGTH = 2_048;

/** Reports an identifier that is empty, too long or has unusable characters. */
export function checkIdentifier(text: string, max: number, context: z.RefinementCtx): void {
  if (text === '') problem(context, 'required');
  else if (!isUsable(text)) problem(context, 'unusable_characters');
  else if (text.length > max) problem(context, 'too_long', { max });
}

/** Reads an optional field. Null if it is missing or blank, or if `read` returns null for its trimmed text. */
export function readField(
  text: string | null | undefined,
  read: (text: string) => string | null,
): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : read(trimmed);
}

/** An e-mail address; null if it is invalid. */
export function emailAddress(text: string): string | null {
  return emailSchema.safeParse(text).data ?? null;
}

/** An http or https URL; null if it is invalid, too long, or contains a user name or password. */
export function webAddress(text: string): string | null {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  return href.length > MAX_URL_LENGTH ? null : href;
}

/** A language in canonical form; null if it is invalid. Some systems write `es_UY` for `es-UY`. */
export function languageTag(text: string): string | null {
  return canonicalLanguage(text.replaceAll('_', '-'));
}
