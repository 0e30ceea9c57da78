import { z } from 'zod';
import { textSchema } from '../kernel/input.ts';
import { nicknameSchema } from './nickname.ts';

/** In graphemes. */
export const MAX_ABOUT_ME_LENGTH = 140;

export const profileSchema = z.object({
  nickname: nicknameSchema,
  aboutMe: textSchema({ max: MAX_ABOUT_ME_LENGTH }),
});

/** What a profile is changed to. */
export type ProfileInput = z.input<typeof profileSchema>;

export const settingsSchema = z.object({
  /** A BCP 47 tag, the language of mails. */
  locale: z.string().max(35).nullable().optional(),
  mailOnFollow: z.boolean().optional(),
});

/** What settings are changed to. */
export type SettingsInput = z.input<typeof settingsSchema>;
