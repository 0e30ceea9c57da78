import { z } from 'zod';
import type { OwnTexts } from '../../i18n/own-texts.ts';
import { footerSchema } from './footer.ts';
import { themeVariablesSchema } from './theme-variables.ts';

const NAME = 'a name of 1 to 60 characters';

/** The keys of `theme.json`, which `createKoaApp` takes under the same names. */
export const themingSchema = z.strictObject({
  brand: z.string(NAME).trim().min(1, NAME).max(60, NAME).optional().describe('The name of the site.'),
  theme: themeVariablesSchema.optional(),
  footer: footerSchema.optional(),
});

/** How a site looks and what it says, set from outside this package. Everything is optional. */
export interface Theming extends z.input<typeof themingSchema> {
  /**
   * A directory of templates. A template with the name of ours, such as `partials/brand.njk`, replaces it.
   * `microblog/partials/brand.njk` is still ours, to extend or include.
   */
  readonly views?: string;
  /**
   * Texts by language and catalogue, laid over ours. The catalogue `site` is free for texts of own templates. A
   * language without a catalogue of ours is added; its missing texts are in the fallback language.
   */
  readonly locales?: OwnTexts;
  /**
   * A directory of files (no folders) that `asset('name')` finds and `/assets/` serves. A file with the name of
   * ours, such as `favicon.svg`, replaces it; `theme.css` is linked from every page.
   */
  readonly assets?: string;
}
