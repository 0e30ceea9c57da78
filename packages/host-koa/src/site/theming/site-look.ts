import { optionFaults } from '@microblog/core';
import type { z } from 'zod';
import { type FooterView, footerView } from './footer.ts';
import { type Surfaces, surfacesOf, themeStylesheet } from './theme-variables.ts';
import { themingSchema } from './theming.ts';

/** A site's own name, colours and footer. */
export interface SiteLook {
  readonly brand: string;
  readonly surfaces: Surfaces;
  /** Sets the theme's variables; empty if there are none. */
  readonly stylesheet: string;
  footer(lang: string): FooterView;
}

/** @throws {Error} for an invalid brand, theme or footer, with what is wrong there. */
export function siteLook(
  { brand, theme, footer }: z.input<typeof themingSchema>,
  fallbackLanguage: string,
): SiteLook {
  const given = { brand, theme, footer };
  const faults = optionFaults(themingSchema, given);
  if (faults.length > 0) throw new Error(faults.join('; '));
  const data = themingSchema.parse(given);
  const variables = data.theme ?? {};
  return {
    brand: data.brand ?? 'Microblog',
    surfaces: surfacesOf(variables),
    stylesheet: themeStylesheet(variables),
    footer: (lang) => footerView(data.footer ?? {}, lang, fallbackLanguage),
  };
}
