import { z } from 'zod';
import { problem } from '../kernel/input.ts';
import { languageSchema } from '../kernel/language-tag.ts';
import { emailSchema } from '../users/email.ts';
import { nicknameSchema } from '../users/nickname.ts';
import { roles } from '../users/role.ts';

/** OWASP Authentication Cheat Sheet: at least 8 characters. */
export const MIN_PASSWORD_LENGTH = 8;
/** UTF-16 code units. Limits the work of hashing a password. */
export const MAX_PASSWORD_LENGTH = 128;

/** Accepts any well-formed text without NUL, and keeps it as typed: not trimmed, not normalised. */
const newPasswordSchema = z.string().superRefine((password, context) => {
  if (password === '') problem(context, 'required');
  else if (!password.isWellFormed() || password.includes('\0')) problem(context, 'unusable_characters');
  else if (password.length < MIN_PASSWORD_LENGTH) problem(context, 'too_short', { min: MIN_PASSWORD_LENGTH });
  else if (password.length > MAX_PASSWORD_LENGTH) problem(context, 'too_long', { max: MAX_PASSWORD_LENGTH });
});

export const registrationSchema = z.object({
  nickname: nicknameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  locale: languageSchema.nullable().default(null),
  role: z.enum(roles).default('member'),
});

/** The form of a registration. `role` is for administrators. */
export type RegistrationInput = z.input<typeof registrationSchema>;

/** Only empty fields are refused: an old password may not meet the rules for new ones. */
export const signInSchema = z.object({
  login: z
    .string()
    .transform((login) => login.trim())
    .superRefine((login, context) => {
      if (login === '') problem(context, 'required');
    }),
  password: z.string().superRefine((password, context) => {
    if (password === '') problem(context, 'required');
  }),
});

/** A login, which is a nickname or an e-mail address, and a password. */
export type SignInInput = z.input<typeof signInSchema>;

export const sessionSchema = z.object({ userId: z.string(), epoch: z.number() });
/** What a host stores of a session. */
export type SessionInput = z.input<typeof sessionSchema>;

/** A password to compare, not to store. */
const typedPasswordSchema = z
  .string()
  .superRefine((password, context) => {
    if (password === '') problem(context, 'required');
  })
  .transform((password) => password.slice(0, MAX_PASSWORD_LENGTH + 1));

export const resetRequestSchema = z.object({ email: emailSchema });
/** The address of an account whose password was forgotten. */
export type ResetRequestInput = z.input<typeof resetRequestSchema>;

export const passwordResetSchema = z.object({ token: z.string(), password: newPasswordSchema });
/** The token of a mailed link, and the new password. */
export type PasswordResetInput = z.input<typeof passwordResetSchema>;

export const passwordChangeSchema = z.object({
  currentPassword: typedPasswordSchema,
  password: newPasswordSchema,
});
/** The current password and the new one. */
export type PasswordChangeInput = z.input<typeof passwordChangeSchema>;

/** Only one of the two is checked: the password if the account has one, else the nickname. */
export const deletionSchema = z.object({
  password: z
    .string()
    .default('')
    .transform((password) => password.slice(0, MAX_PASSWORD_LENGTH + 1)),
  nickname: z.string().trim().default(''),
});
/** Confirms the deletion of the viewer's account: the password, or the nickname if the account has no password. */
export type DeletionInput = z.input<typeof deletionSchema>;
export type DeletionConfirmation = z.output<typeof deletionSchema>;

export const roleSchema = z.object({ role: z.enum(roles) });

export const newPasswordOfSchema = z.object({ nickname: z.string(), password: newPasswordSchema });
/** The account (by nickname, in any case) that an administrator sets a password for, and the password. */
export type NewPasswordOfInput = z.input<typeof newPasswordOfSchema>;

/** `password` may be empty if the account has none. */
export const emailChangeSchema = z.object({ email: emailSchema, password: z.string().default('') });
/** The new e-mail address, and the current password. */
export type EmailChangeInput = z.input<typeof emailChangeSchema>;
