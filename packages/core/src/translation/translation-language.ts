import { MicroblogError } from '../kernel/errors.ts';

/**
 * A language tag in its canonical form, `pt-br` as `pt-BR`.
 * @throws {MicroblogError} `invalid_input` with the field `to` for what is no tag of BCP 47.
 */
export function requireLanguage(tag: string): string {
  const language = canonicalLanguage(tag);
  if (language !== null) return language;
  throw new MicroblogError('invalid_input', 'That is no language.', {
    details: { fields: [{ field: 'to', problem: 'wrong_type', params: {} }] },
  });
}

/** The same, or null for what is no tag. Tags of more than 35 characters name no language that is spoken. */
export function canonicalLanguage(tag: string): string | null {
  if (tag.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
