import { z } from 'zod';

const TEXT = 'a text that is not empty, or one for each language';
const oneText = z.string(TEXT).min(1, TEXT);
/** A text for all readers, or one for each language. */
const localText = z.union(
  [oneText, z.record(z.string(), oneText).refine((texts) => Object.keys(texts).length > 0, TEXT)],
  TEXT,
);

const ADDRESS = 'a path, or an address with https:, http: or mailto:';

export const footerSchema = z.strictObject(
  {
    text: localText.optional().describe('Plain text; line breaks are kept.'),
    links: z
      .array(
        z.strictObject(
          {
            text: localText,
            href: z
              .string(ADDRESS)
              .refine(isSafeAddress, ADDRESS)
              .describe('Used unchanged: a path is relative to the site, not to the base path.'),
          },
          'an object with text and href',
        ),
        'a list of links',
      )
      .optional(),
  },
  'an object with text and links',
);

/** The end of every page. */
export type Footer = z.input<typeof footerSchema>;
type LocalText = z.output<typeof localText>;

/** The footer as one reader sees it. */
export interface FooterView {
  readonly text: string | null;
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

/** In the reader's language; if it has no text, in the fallback's, or else in the first available. */
export function footerView(footer: Footer, lang: string, fallback: string): FooterView {
  const inLanguage = (text: LocalText) =>
    typeof text === 'string' ? text : (text[lang] ?? text[fallback] ?? Object.values(text)[0] ?? '');
  const { text, links = [] } = footer;
  return {
    text: text === undefined ? null : inLanguage(text),
    links: links.map((link) => ({ text: inLanguage(link.text), href: link.href })),
  };
}

function isSafeAddress(href: string): boolean {
  if (/[\u0000-\u0020\u007f]/.test(href)) return false;
  return /^(https?:|mailto:)/i.test(href) ? URL.canParse(href) : /^\/(?![/\\])/.test(href);
}
