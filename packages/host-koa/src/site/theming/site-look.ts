import { z } from 'zod';
import { type FooterView, footerView } from './footer.ts';
import { type Surfaces, surfacesOf, themeStylesheet } from './theme-variables.ts';
import { themingSchema } from './theming.ts';

/** What pages show of a place's own: its name, colours and footer. */
export interface SiteLook {
  readonly brand: string;
  readonly surfaces: Surfaces;
  /** Sets the theme's variables; empty where there are none. */
  readonly stylesheet: string;
  footer(lang: string): FooterView;
}

/** @throws {Error} for a brand, theme or footer that can't be used, with what is wrong there. */
export function siteLook(
  { brand, theme, footer }: z.input<typeof themingSchema>,
  fallbackLanguage: string,
): SiteLook {
  const parsed = themingSchema.safeParse({ brand, theme, footer });
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const { data } = parsed;
  const variables = data.theme ?? {};
  return {
    brand: data.brand ?? 'Microblog',
    surfaces: surfacesOf(variables),
    stylesheet: themeStylesheet(variables),
    footer: (lang) => footerView(data.footer ?? {}, lang, fallbackLanguage),
  };
}
