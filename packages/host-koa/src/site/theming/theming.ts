import { z } from 'zod';
import type { OwnTexts } from '../../i18n/own-texts.ts';
import { footerSchema } from './footer.ts';
import { themeVariablesSchema } from './theme-variables.ts';

/** What `theme.json` may say, and what `createKoaApp` takes under the same names. */
export const themingSchema = z.strictObject({
  brand: z.string().trim().min(1).max(60).optional().describe('The name of the place.'),
  theme: themeVariablesSchema.optional(),
  footer: footerSchema.optional(),
});

/** How a place looks and what it says, from outside of this package. Everything is optional. */
export interface Theming extends z.input<typeof themingSchema> {
  /**
   * A directory of templates. One with the name of ours, such as `partials/brand.njk`, takes its place;
   * `microblog/partials/brand.njk` is still ours, to extend or include.
   */
  readonly views?: string;
  /**
   * Texts by language and catalogue, laid over ours. The catalogue `site` is free for texts of own templates.
   * A language of which we have no catalogue is added, and what it leaves out is in the fallback language.
   */
  readonly locales?: OwnTexts;
  /**
   * A directory of files (no folders) that `asset('name')` finds and `/assets/` serves. One with the name of
   * ours, such as `favicon.svg`, takes its place; `theme.css` is linked from every page.
   */
  readonly assets?: string;
}
