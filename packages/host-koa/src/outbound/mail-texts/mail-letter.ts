import type { MailText } from '@microblog/core';
import type { Language } from '../../i18n/translations.ts';

/** The content of a mail before it becomes text and HTML. All of it is plain text. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The mail's one link or button. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Small print at the end. */
  readonly closing: readonly { readonly text: string; readonly url?: string }[];
}

interface Stationery {
  readonly brand: string;
  readonly language: Pick<Language, 'code' | 'dir'>;
  /** Stands before the address of the action, for readers whose mail program does not show the button. */
  readonly addressHint: string;
}

/**
 * Renders one letter as text and as HTML. Both begin with the subject as a heading, for mail programs that read a
 * mail aloud or show only its body. Attributes are for programs without style sheets; the few lines of CSS are for
 * programs with a dark theme.
 */
export function mailText(letter: Letter, stationery: Stationery): MailText {
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter, stationery) };
}

function asText({ subject, paragraphs, action, closing }: Letter): string {
  const small = closing.map(({ text, url }) => (url === undefined ? text : `${text}: ${url}`));
  const parts = [
    subject,
    ...paragraphs,
    ...(action === undefined ? [] : [`${action.label}:\n${action.url}`]),
  ];
  return `${[...parts, ...(small.length === 0 ? [] : [`-- \n${small.join('\n')}`])].join('\n\n')}\n`;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Overrides the attributes, which are those of the light theme. */
const DARK = [
  'body{background:#101317!important;color:#e7eaed!important}',
  '.button{background:#5fd3c2!important;color:#04211d!important}',
  '.link{color:#5fd3c2!important}',
  '.small{color:#9ea1a5!important}',
].join('');

function asHtml({ subject, paragraphs, action, closing }: Letter, stationery: Stationery): string {
  const { brand, language, addressHint } = stationery;
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px">${escaped(text)}</p>`);
  if (action !== undefined) {
    const { label, url } = action;
    body.push(
      `<p style="margin:24px 0"><a class="button" href="${escaped(url)}" style="display:inline-block;padding:10px 20px;border-radius:24px;background:#0a7468;color:#ffffff;text-decoration:none;font-weight:600">${escaped(label)}</a></p>`,
      `<p class="small" style="margin:0 0 16px;font-size:13px;color:#5d636b">${escaped(addressHint)}<br><a class="link" href="${escaped(url)}" style="color:#0a7468;word-break:break-all">${escaped(url)}</a></p>`,
    );
  }
  const small = closing.map(({ text, url }) =>
    url === undefined
      ? escaped(text)
      : `<a class="small" href="${escaped(url)}" style="color:#5d636b">${escaped(text)}</a>`,
  );
  return `<!doctype html>
<html lang="${escaped(language.code)}" dir="${language.dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title>
<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${DARK}}</style></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;color:#16191d;${FONT};font-size:16px;line-height:1.5">
<main style="display:block;max-width:520px;margin:0 auto;overflow-wrap:anywhere">
<p class="small" style="margin:0 0 24px;font-weight:700;color:#5d636b">${escaped(brand)}</p>
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escaped(subject)}</h1>
${body.join('\n')}
<hr style="margin:32px 0 16px;border:0;border-top:1px solid #8b9096">
<p class="small" style="margin:0;font-size:13px;color:#5d636b">${small.join('<br>')}</p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
