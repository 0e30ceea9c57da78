import type { MailRecipient, MailText, MailTexts } from '@microblog/core';
import type Keygrip from 'keygrip';
import type { AbsoluteUrl } from '../absolute-url.ts';
import type { Translate, Translations } from '../i18n/translations.ts';
import type { Urls } from '../urls.ts';
import { type Letter, mailText } from './mail-letter.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

export interface MailTextsNeeds {
  readonly translations: Translations;
  readonly brand: string;
  readonly urls: Urls;
  /** Makes addresses of paths: of the configured origin alone, never of a request. */
  readonly absoluteUrl: AbsoluteUrl;
  /** Signs links that end mails. Not asked for before there is one to sign. */
  readonly keys: () => Keygrip;
}

/** Mails in the words of the catalogues: in the language of whom they are for, or the nearest that is offered. */
export function mailTexts(needs: MailTextsNeeds): MailTexts {
  const { translations, brand, urls, absoluteUrl, keys } = needs;

  function write(
    { nickname, locale }: MailRecipient,
    compose: (t: Translate) => Omit<Letter, 'closing'> & Partial<Pick<Letter, 'closing'>>,
    reasonKey: 'reason' | 'reason_past' = 'reason',
  ): MailText {
    const code = translations.negotiate(locale ?? undefined);
    const t: Translate = (key, params) => translations.translate(code)(`mails:${key}`, params);
    const reason = { text: t(reasonKey, { nickname, brand }), url: absoluteUrl(urls.to('/')) };
    const letter = { closing: [], ...compose(t) };
    const dir = translations.languages.find((language) => language.code === code)?.dir ?? 'ltr';
    const stationery = { brand, language: { code, dir }, addressHint: t('address_hint') };
    return mailText({ ...letter, closing: [reason, ...letter.closing] }, stationery);
  }

  return {
    followed(recipient, { follower }) {
      const { nickname } = follower;
      const unsubscribe = absoluteUrl(urls.to(`/unsubscribe/${unsubscribeToken(keys(), recipient.id)}`));
      const mail = write(recipient, (t) => ({
        subject: t('followed.subject', { nickname }),
        paragraphs: [],
        action: { label: t('followed.action', { nickname }), url: absoluteUrl(urls.profile(follower)) },
        closing: [{ text: t('followed.unsubscribe'), url: unsubscribe }],
      }));
      return {
        ...mail,
        // RFC 2369 and RFC 8058: mail programs show a button that posts there.
        headers: {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      };
    },

    passwordReset: (recipient, { token }) =>
      write(recipient, (t) => ({
        subject: t('password_reset.subject', { brand }),
        paragraphs: [t('password_reset.text', { nickname: recipient.nickname }), t('password_reset.note')],
        action: {
          label: t('password_reset.action'),
          url: absoluteUrl(urls.to(`/reset-password/${token}`)),
        },
      })),

    emailConfirmation: (recipient, { token }) =>
      write(recipient, (t) => ({
        subject: t('email_confirmation.subject', { brand }),
        paragraphs: [
          t('email_confirmation.text', { nickname: recipient.nickname, brand }),
          t('email_confirmation.note'),
        ],
        action: {
          label: t('email_confirmation.action'),
          url: absoluteUrl(urls.to(`/confirm-email/${token}`)),
        },
      })),

    passwordChanged: (recipient) =>
      write(recipient, (t) => ({
        subject: t('password_changed.subject', { brand }),
        paragraphs: [
          t('password_changed.text', { nickname: recipient.nickname }),
          t('password_changed.note'),
        ],
        action: { label: t('password_changed.action'), url: absoluteUrl(urls.to('/reset-password')) },
      })),

    emailChanged: (recipient) =>
      write(recipient, (t) => ({
        subject: t('email_changed.subject', { brand }),
        paragraphs: [t('email_changed.text', { nickname: recipient.nickname }), t('email_changed.note')],
      })),

    accountDeleted: (recipient) =>
      write(
        recipient,
        (t) => ({
          subject: t('account_deleted.subject', { brand }),
          paragraphs: [
            t('account_deleted.text', { nickname: recipient.nickname }),
            t('account_deleted.note'),
          ],
        }),
        'reason_past',
      ),
  };
}
