import { z } from 'zod';
import { problem } from '../kernel/input.ts';
import { languageSchema } from '../kernel/language-tag.ts';
import { emailSchema } from '../users/email.ts';
import { nicknameSchema } from '../users/nickname.ts';
import { roles } from '../users/role.ts';

/** OWASP Authentication Cheat Sheet: at least 8 characters; a generous upper bound against huge inputs. */
export const MIN_PASSWORD_LENGTH = 8;
/** Characters, at most, so that hashing one takes bounded work. */
export const MAX_PASSWORD_LENGTH = 128;

/** Any characters at all, kept as typed: neither trimmed nor normalised away. */
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

/** What somebody registers with. */
export type RegistrationInput = z.input<typeof registrationSchema>;

/** Length apart, whatever was typed is compared: rules for new passwords must not lock out old ones. */
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

/** What somebody signs in with. */
export type SignInInput = z.input<typeof signInSchema>;

export const sessionSchema = z.object({ userId: z.string(), epoch: z.number() });
/** What a host keeps of a session. */
export type SessionInput = z.input<typeof sessionSchema>;

/** A password that is compared, not kept. */
const typedPasswordSchema = z
  .string()
  .superRefine((password, context) => {
    if (password === '') problem(context, 'required');
  })
  .transform((password) => password.slice(0, MAX_PASSWORD_LENGTH + 1));

export const resetRequestSchema = z.object({ email: emailSchema });
/** What somebody asks for a new password with. */
export type ResetRequestInput = z.input<typeof resetRequestSchema>;

export const passwordResetSchema = z.object({ token: z.string(), password: newPasswordSchema });
/** What a new password is set with. */
export type PasswordResetInput = z.input<typeof passwordResetSchema>;

export const passwordChangeSchema = z.object({
  currentPassword: typedPasswordSchema,
  password: newPasswordSchema,
});
/** What a password is changed with. */
export type PasswordChangeInput = z.input<typeof passwordChangeSchema>;

/** Which of the two counts depends on whether the account has a password. */
export const deletionSchema = z.object({
  password: z
    .string()
    .default('')
    .transform((password) => password.slice(0, MAX_PASSWORD_LENGTH + 1)),
  nickname: z.string().trim().default(''),
});
/** What confirms the deletion of one's account: the password, or the nickname where there is none. */
export type DeletionInput = z.input<typeof deletionSchema>;
export type DeletionConfirmation = z.output<typeof deletionSchema>;

export const roleSchema = z.object({ role: z.enum(roles) });

export const newPasswordOfSchema = z.object({ nickname: z.string(), password: newPasswordSchema });
/** Whom an administrator gives a password (by nickname, in any case), and which. */
export type NewPasswordOfInput = z.input<typeof newPasswordOfSchema>;

/** The password may stay empty for an account that has none. */
export const emailChangeSchema = z.object({ email: emailSchema, password: z.string().default('') });
/** What an e-mail address is changed with. */
export type EmailChangeInput = z.input<typeof emailChangeSchema>;
