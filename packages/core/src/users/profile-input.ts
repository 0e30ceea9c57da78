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

/** The new values of a profile. */
export type ProfileInput = z.input<typeof profileSchema>;

export const settingsInputSchema = settingsChangeSchema.extend({
  /** A BCP 47 tag, the language of mails and pages. Null: the member chooses none. */
  locale: languageSchema.nullable().optional(),
});

/** The new values of settings. A setting that is left out stays as it is. */
export type SettingsInput = z.input<typeof settingsInputSchema>;
