import { z } from 'zod';
import { parseInput, problem } from '../kernel/input.ts';
import { isUsable } from '../kernel/text.ts';
import { cleanNickname, nicknameFrom } from '../users/clean-nickname.ts';
import { HOST_ISSUER, MAX_SUBJECT_LENGTH } from './identity.ts';
import type { IdentityClaims } from './newcomers.ts';
import { emailAddress, languageTag, webAddress } from './profile-fields.ts';

const MAX_ISSUER_LENGTH = 2_048;

const nameSchema = (max: number) =>
  z.string().superRefine((text, context) => {
    if (text === '') problem(context, 'required');
    else if (!isUsable(text)) problem(context, 'unusable_characters');
    else if (text.length > max) problem(context, 'too_long', { max });
    else if (text === HOST_ISSUER) problem(context, 'wrong_type');
  });

export const identityInputSchema = z.object({
  issuer: nameSchema(MAX_ISSUER_LENGTH).describe('The address of the provider, as it calls itself.'),
  subject: nameSchema(MAX_SUBJECT_LENGTH).describe('By what the provider knows the person, for ever.'),
  nickname: z.string().nullish().describe('What the person is called; cleaned, and made unique.'),
  preferredUsername: z.string().nullish().describe('The same, where there is no nickname.'),
  email: z.string().nullish().describe('What is no address counts as none.'),
  emailVerified: z.boolean().nullish().describe('Whether the provider knows that it is theirs.'),
  avatarUrl: z.string().nullish().describe('A picture, by http or https.'),
  locale: z.string().nullish().describe('A language, as a BCP 47 tag.'),
});

/** Somebody as a sign-in provider describes them. Whoever calls has verified that the provider does. */
export type IdentityInput = z.input<typeof identityInputSchema>;

/** An identity in the form in which it can be used. */
export interface UsableIdentity {
  readonly claims: IdentityClaims;
  readonly emailVerified: boolean;
  /** Keeps to the rules, but may be another's. */
  readonly wantedNickname: string;
}

/**
 * Checks an identity. Nobody is kept out for the sake of a field that they can do without.
 * @throws {MicroblogError} `invalid_input` for an issuer or a subject that is none, and for fields of a wrong type.
 */
export function usableIdentity(input: unknown): UsableIdentity {
  const given = parseInput(identityInputSchema, input);
  const usable = (text: string | null | undefined, read: (text: string) => string | null) =>
    text == null || text.trim() === '' ? null : read(text.trim());
  const email = usable(given.email, emailAddress);
  const nickname = usable(given.nickname, nicknameFrom) ?? usable(given.preferredUsername, nicknameFrom);
  return {
    claims: {
      issuer: given.issuer,
      subject: given.subject,
      nickname,
      email,
      avatarUrl: usable(given.avatarUrl, webAddress),
      locale: usable(given.locale, languageTag),
    },
    emailVerified: email !== null && given.emailVerified === true,
    wantedNickname: nickname ?? cleanNickname(email ?? ''),
  };
}
