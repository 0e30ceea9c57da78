import { type FieldProblem, type FieldProblemKind, isMicroblogError } from '@microblog/core';

const problems: Readonly<Record<FieldProblemKind, (params: FieldProblem['params']) => string>> = {
  required: () => 'is required',
  too_short: ({ min }) => `needs at least ${min} characters`,
  too_long: ({ max }) => `holds at most ${max} characters`,
  nickname_characters: () => 'takes letters from a to z, digits, dots and underscores only',
  nickname_only_dots: () => 'needs a letter, a digit or an underscore',
  nickname_reserved: () => 'is reserved; choose another',
  email_malformed: () => 'is not an address like name@example.org',
  unusable_characters: () => 'holds characters that cannot be stored',
  crowded_characters: () => 'has too many signs on top of each other or joined together',
  wrong_type: () => 'has the wrong form',
  wrong_password: () => 'is wrong',
  wrong_nickname: () => 'is wrong',
  taken: () => 'is taken; choose another',
};

/** Fields that users type on the command line. For other fields, the error's own message is clearer. */
const accountFields = new Set(['nickname', 'email', 'password']);

/** Describes an error in one line, with a remedy if there is one. */
export function describeError(error: unknown): string {
  if (isMicroblogError(error) && error.details.fields?.every(({ field }) => accountFields.has(field))) {
    return error.details.fields
      .map(({ field, problem, params }) => `${field} ${problems[problem](params)}`)
      .join('; ');
  }
  if (isMicroblogError(error, 'storage_unavailable')) {
    return `${error.message} The address is in DATABASE_URL.`;
  }
  if (error instanceof Error) return error.message;
  return String(error);
}
