import type { MailTexts } from '@microblog/core';
import type { Translations } from './translations.ts';

/** Mails in the words of the catalogues: in the language of whom they are for, or the nearest that is offered. */
export function mailTexts(translations: Translations): MailTexts {
  const textIn = (locale: string | null) =>
    translations.translate(translations.negotiate(locale ?? undefined));
  return {
    followed({ nickname, locale }) {
      const text = textIn(locale);
      return {
        subject: text('mails:followed.subject', { nickname }),
        text: `${text('mails:followed.text', { nickname })}\n`,
      };
    },
  };
}
