import { z } from 'zod';
import { problem } from './input.ts';

/** Source: RFC 5646, section 4.4.1. Longer tags name no spoken language. */
const MAX_LENGTH = 35;

/**
 * The canonical form of a BCP 47 tag: `pt-br` becomes `pt-BR`. Null for an invalid tag. Does not check whether the
 * language exists.
 */
export function canonicalLanguage(tag: string): string | null {
  if (tag.length > MAX_LENGTH) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** A language tag from a caller, converted to its canonical form. */
export const languageSchema = z.string().transform((tag, context) => {
  const language = canonicalLanguage(tag);
  if (language !== null) return language;
  problem(context, 'wrong_type');
  return z.NEVER;
});
