import { z } from 'zod';
import type { FieldProblem } from '../kernel/errors.ts';
import { parseInput } from '../kernel/input.ts';
import { cleanNickname } from '../users/clean-nickname.ts';
import { MAX_SUBJECT_LENGTH } from './identity.ts';
import { checkIdentifier, emailAddress, languageTag, readField, webAddress } from './profile-fields.ts';

/** The host application's id of a person: it never changes and is never reused. A number is read as its decimals. */
export const externalIdSchema = z
  .union([z.string(), z.int(), z.bigint()])
  .transform(String)
  .superRefine((id, context) => checkIdentifier(id, MAX_SUBJECT_LENGTH, context));

export const hostProfileSchema = z.object({
  externalId: externalIdSchema.describe('The application’s id of the person. It never changes.'),
  nickname: z.string().describe('The wanted nickname. It is made valid and unique.'),
  email: z.string().nullish().describe('Null: the person has none. Left out: unchanged.'),
  avatarUrl: z.string().nullish().describe('The http or https URL of a picture. Null and left out as above.'),
  locale: z.string().nullish().describe('The language, as a BCP 47 tag. Null and left out as above.'),
});

/** A person as the host application describes them. */
export type HostProfile = z.input<typeof hostProfileSchema>;

/** A checked profile. A field that the host left out is undefined. */
export interface UsableProfile {
  readonly externalId: string;
  /** Valid, but may be taken. */
  readonly nickname: string;
  readonly email: string | null | undefined;
  readonly avatarUrl: string | null | undefined;
  readonly locale: string | null | undefined;
  /** Fields with an invalid value: they count as null. */
  readonly leftOut: readonly FieldProblem[];
}

/**
 * Checks a profile. An invalid optional field does not refuse the profile: it is listed in `leftOut`.
 * @throws {MicroblogError} `invalid_input` for an invalid `externalId`, and for fields of a wrong type.
 */
export function usableProfile(profile: unknown): UsableProfile {
  const { externalId, nickname, email, avatarUrl, locale } = parseInput(hostProfileSchema, profile);
  const leftOut: FieldProblem[] = [];
  const optional = (
    field: 'email' | 'avatarUrl' | 'locale',
    text: string | null | undefined,
    read: (text: string) => string | null,
  ) => {
    if (text === undefined) return undefined;
    const value = readField(text, read);
    if (value === null && text !== null && text.trim() !== '') {
      leftOut.push({ field, problem: field === 'email' ? 'email_malformed' : 'wrong_type', params: {} });
    }
    return value;
  };
  return {
    externalId,
    nickname: cleanNickname(nickname),
    email: optional('email', email, emailAddress),
    avatarUrl: optional('avatarUrl', avatarUrl, webAddress),
    locale: optional('locale', locale, languageTag),
    leftOut,
  };
}
