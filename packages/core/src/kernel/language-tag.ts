import { z } from 'zod';
import { problem } from './input.ts';

/** RFC 5646, section 4.4.1: longer tags name no language that is spoken. */
const MAX_LENGTH = 35;

/**
 * A BCP 47 tag in its canonical form: `pt-br` becomes `pt-BR`. Null for anything else. Says nothing of whether the
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

/** A language that a caller names: becomes canonical. */
export const languageSchema = z.string().transform((tag, context) => {
  const language = canonicalLanguage(tag);
  if (language !== null) return language;
  problem(context, 'wrong_type');
  return z.NEVER;
});
