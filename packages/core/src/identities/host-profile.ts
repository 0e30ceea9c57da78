import { z } from 'zod';
import type { FieldProblem } from '../kernel/errors.ts';
import { parseInput, problem } from '../kernel/input.ts';
import { isUsable } from '../kernel/text.ts';
import { cleanNickname } from '../users/clean-nickname.ts';
import { MAX_SUBJECT_LENGTH } from './identity.ts';
import { emailAddress, languageTag, webAddress } from './profile-fields.ts';

/** By what a host application knows somebody: for ever the same, and never another's. A number is its decimal. */
export const externalIdSchema = z
  .union([z.string(), z.int(), z.bigint()])
  .transform(String)
  .superRefine((id, context) => {
    if (id === '') problem(context, 'required');
    else if (!isUsable(id)) problem(context, 'unusable_characters');
    else if (id.length > MAX_SUBJECT_LENGTH) problem(context, 'too_long', { max: MAX_SUBJECT_LENGTH });
  });

export const hostProfileSchema = z.object({
  externalId: externalIdSchema.describe('By what the application knows the person, for ever.'),
  nickname: z.string().describe('What the person is called; cleaned to the rules, and made unique.'),
  email: z.string().nullish().describe('Null: there is none. Left out: nothing is said of it.'),
  avatarUrl: z.string().nullish().describe('A picture, by http or https. Null and left out as above.'),
  locale: z.string().nullish().describe('A language, as a BCP 47 tag. Null and left out as above.'),
});

/** Somebody as the host application describes them. */
export type HostProfile = z.input<typeof hostProfileSchema>;

/** A profile in the form in which it can be used. What is undefined was not said. */
export interface UsableProfile {
  readonly externalId: string;
  /** Cleaned, but perhaps another's. */
  readonly nickname: string;
  readonly email: string | null | undefined;
  readonly avatarUrl: string | null | undefined;
  readonly locale: string | null | undefined;
  /** What was said but is of no use: taken for null. */
  readonly leftOut: readonly FieldProblem[];
}

/**
 * Checks a profile. Nobody is kept out for the sake of a field that they can do without: those are left out.
 * @throws {MicroblogError} `invalid_input` for an `externalId` that is none, and for fields of a wrong type.
 */
export function usableProfile(profile: unknown): UsableProfile {
  const { externalId, nickname, email, avatarUrl, locale } = parseInput(hostProfileSchema, profile);
  const leftOut: FieldProblem[] = [];
  const usable = (
    field: 'email' | 'avatarUrl' | 'locale',
    text: string | null | undefined,
    read: (text: string) => string | null,
  ) => {
    if (text === undefined) return undefined;
    if (text === null || text.trim() === '') return null;
    const value = read(text.trim());
    if (value === null) {
      leftOut.push({ field, problem: field === 'email' ? 'email_malformed' : 'wrong_type', params: {} });
    }
    return value;
  };
  return {
    externalId,
    nickname: cleanNickname(nickname),
    email: usable('email', email, emailAddress),
    avatarUrl: usable('avatarUrl', avatarUrl, webAddress),
    locale: usable('locale', locale, languageTag),
    leftOut,
  };
}
