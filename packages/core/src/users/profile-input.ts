import { z } from 'zod';
import { textSchema } from '../kernel/input.ts';
import { languageSchema } from '../kernel/language-tag.ts';
import { nicknameSchema } from './nickname.ts';
import { settingsChangeSchema } from './settings.ts';

/** In graphemes. */
export const MAX_ABOUT_ME_LENGTH = 140;

export const profileSchema = z.object({
  nickname: nicknameSchema,
  aboutMe: textSchema({ max: MAX_ABOUT_ME_LENGTH }),
});

/** What a profile is changed to. */
export type ProfileInput = z.input<typeof profileSchema>;

export const settingsInputSchema = settingsChangeSchema.extend({
  /** A BCP 47 tag, the language of mails and pages. Null: the member chooses none. */
  locale: languageSchema.nullable().optional(),
});

/** What settings are changed to. What is left out stays. */
export type SettingsInput = z.input<typeof settingsInputSchema>;
