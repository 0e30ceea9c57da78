import { z } from 'zod';
import { parseInput, problem } from '../kernel/input.ts';
import { withoutControls } from '../kernel/text.ts';
import { cleanNickname, nicknameFrom } from '../users/clean-nickname.ts';
import { MAX_EMAIL_LENGTH } from '../users/email.ts';
import { HOST_ISSUER, MAX_SUBJECT_LENGTH } from './identity.ts';
import type { IdentityClaims } from './newcomers.ts';
import { checkIdentifier, emailAddress, languageTag, readField, webAddress } from './profile-fields.ts';

const MAX_ISSUER_LENGTH = 2_048;

const identifierSchema = (max: number) =>
  z.string().superRefine((text, context) => {
    if (text === HOST_ISSUER) problem(context, 'wrong_type');
    else checkIdentifier(text, max, context);
  });

export const identityInputSchema = z.object({
  issuer: identifierSchema(MAX_ISSUER_LENGTH).describe('The URL that the provider states as its issuer.'),
  subject: identifierSchema(MAX_SUBJECT_LENGTH).describe(
    'The provider’s id of the person. It never changes.',
  ),
  nickname: z.string().nullish().describe('The wanted nickname. It is made valid and unique.'),
  preferredUsername: z.string().nullish().describe('Used if there is no nickname.'),
  email: z.string().nullish().describe('An invalid address counts as missing.'),
  emailVerified: z.boolean().nullish().describe('Whether the provider verified that the address is theirs.'),
  avatarUrl: z.string().nullish().describe('The http or https URL of a picture.'),
  locale: z.string().nullish().describe('The language, as a BCP 47 tag.'),
});

/** A person as a sign-in provider describes them. The caller has verified that the provider states this. */
export type IdentityInput = z.input<typeof identityInputSchema>;

/** A checked identity. */
export interface UsableIdentity {
  readonly claims: IdentityClaims;
  readonly emailVerified: boolean;
  /** The address that was given and is invalid; null if it is valid or missing. */
  readonly refusedEmail: string | null;
  /** Valid, but may be taken. */
  readonly wantedNickname: string;
}

/**
 * Checks an identity. An invalid optional field counts as missing.
 * @throws {MicroblogError} `invalid_input` for an invalid issuer or subject, and for fields of a wrong type.
 */
export function usableIdentity(input: unknown): UsableIdentity {
  const given = parseInput(identityInputSchema, input);
  const email = readField(given.email, emailAddress);
  const nickname =
    readField(given.nickname, nicknameFrom) ?? readField(given.preferredUsername, nicknameFrom);
  return {
    claims: {
      issuer: given.issuer,
      subject: given.subject,
      nickname,
      email,
      avatarUrl: readField(given.avatarUrl, webAddress),
      locale: readField(given.locale, languageTag),
    },
    emailVerified: email !== null && given.emailVerified === true,
    refusedEmail: email === null ? readField(given.email, shown) : null,
    wantedNickname: nickname ?? cleanNickname(email ?? ''),
  };
}

/** A refused address for the person who gave it: bounded, and without characters that no page may contain. */
function shown(address: string): string {
  return withoutControls(address.slice(0, MAX_EMAIL_LENGTH));
}
