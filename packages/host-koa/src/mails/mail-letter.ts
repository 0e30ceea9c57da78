import type { MailText } from '@microblog/core';
import type { Language } from '../i18n/translations.ts';

/** What a mail says, before it becomes text and HTML. All of it is plain text. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string };
  /** In small print at the end. */
  readonly closing: readonly { readonly text: string; readonly url?: string }[];
}

interface Stationery {
  readonly brand: string;
  readonly language: Pick<Language, 'code' | 'dir'>;
  /** Stands before the address of the action, for whom the button does not work. */
  readonly addressHint: string;
}

/** One letter as text and as HTML. Mail programs know neither style sheets nor scripts, hence the attributes. */
export function mailText(letter: Letter, stationery: Stationery): MailText {
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter, stationery) };
}

function asText({ paragraphs, action, closing }: Letter): string {
  const small = closing.map(({ text, url }) => (url === undefined ? text : `${text}: ${url}`));
  const parts = [...paragraphs, ...(action === undefined ? [] : [`${action.label}:\n${action.url}`])];
  return `${[...parts, ...(small.length === 0 ? [] : [`-- \n${small.join('\n')}`])].join('\n\n')}\n`;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function asHtml({ subject, paragraphs, action, closing }: Letter, stationery: Stationery): string {
  const { brand, language, addressHint } = stationery;
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px">${escaped(text)}</p>`);
  if (action !== undefined) {
    const { label, url } = action;
    body.push(
      `<p style="margin:24px 0"><a href="${escaped(url)}" style="display:inline-block;padding:10px 20px;border-radius:24px;background:#0a7468;color:#ffffff;text-decoration:none;font-weight:600">${escaped(label)}</a></p>`,
      `<p style="margin:0 0 16px;font-size:13px;color:#5d636b">${escaped(addressHint)}<br><a href="${escaped(url)}" style="color:#0a7468;word-break:break-all">${escaped(url)}</a></p>`,
    );
  }
  const small = closing.map(({ text, url }) =>
    url === undefined
      ? escaped(text)
      : `<a href="${escaped(url)}" style="color:#5d636b">${escaped(text)}</a>`,
  );
  return `<!doctype html>
<html lang="${escaped(language.code)}" dir="${language.dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 16px;${FONT};font-size:16px;line-height:1.5">
<div style="max-width:520px;margin:0 auto">
<p style="margin:0 0 24px;font-weight:700">${escaped(brand)}</p>
${body.join('\n')}
<hr style="margin:32px 0 16px;border:0;border-top:1px solid #d9dcdf">
<p style="margin:0;font-size:13px;color:#5d636b">${small.join('<br>')}</p>
</div>
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
