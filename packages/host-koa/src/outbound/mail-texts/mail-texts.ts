import type { MailRecipient, MailText, MailTexts } from '@microblog/core';
import type Keygrip from 'keygrip';
import type { Translate, Translations } from '../../i18n/translations.ts';
import type { AbsoluteUrl } from '../../site/absolute-url.ts';
import type { Urls } from '../../site/urls.ts';
import { issuerName } from '../identity-providers/issuer-name.ts';
import { type Letter, mailText } from './mail-letter.ts';
import { unsubscribeTokens } from './unsubscribe-token.ts';

export interface MailTextsNeeds {
  readonly translations: Translations;
  readonly brand: string;
  readonly urls: Urls;
  /** Makes addresses of paths: only from the configured origin, never from a request. */
  readonly absoluteUrl: AbsoluteUrl;
  /** Signs links that end mails. Called only when there is a link to sign. */
  readonly keys: () => Keygrip;
}

/** Mail texts from the catalogues: in the recipient's language, or the nearest one offered. */
export function mailTexts(needs: MailTextsNeeds): MailTexts {
  const { translations, brand, urls, absoluteUrl, keys } = needs;

  function write(
    { nickname, locale }: MailRecipient,
    compose: (t: Translate) => Omit<Letter, 'closing'> & Partial<Pick<Letter, 'closing'>>,
    { past = false } = {},
  ): MailText {
    const code = translations.negotiate(locale ?? undefined);
    const t = translations.translate(code);
    const reason = {
      text: t(past ? 'mails:reason_past' : 'mails:reason', { nickname, brand }),
      url: absoluteUrl(urls.to('/')),
    };
    const letter = { closing: [], ...compose(t) };
    const dir = translations.languages.find((language) => language.code === code)?.dir ?? 'ltr';
    const stationery = { brand, language: { code, dir }, addressHint: t('mails:address_hint') };
    return mailText({ ...letter, closing: [reason, ...letter.closing] }, stationery);
  }

  return {
    followed(recipient, { follower }) {
      const { nickname } = follower;
      const unsubscribe = absoluteUrl(
        urls.to(`/unsubscribe/${unsubscribeTokens(keys()).issue(recipient.id)}`),
      );
      const mail = write(recipient, (t) => ({
        subject: t('mails:followed.subject', { nickname }),
        paragraphs: [],
        action: { label: t('mails:followed.action', { nickname }), url: absoluteUrl(urls.profile(follower)) },
        closing: [{ text: t('mails:followed.unsubscribe'), url: unsubscribe }],
      }));
      return {
        ...mail,
        // RFC 2369: mail programs show a button that leads there; if that is safe, it sends a POST by itself (RFC
        // 8058, section 3.1, requires https).
        headers: {
          'List-Unsubscribe': `<${unsubscribe}>`,
          ...(unsubscribe.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
        },
      };
    },

    passwordReset: (recipient, { token }) =>
      write(recipient, (t) => ({
        subject: t('mails:password_reset.subject', { brand }),
        paragraphs: [
          t('mails:password_reset.text', { nickname: recipient.nickname }),
          t('mails:password_reset.note'),
        ],
        action: {
          label: t('mails:password_reset.action'),
          url: absoluteUrl(urls.to(`/reset-password/${token}`)),
        },
      })),

    emailConfirmation: (recipient, { token }) =>
      write(recipient, (t) => ({
        subject: t('mails:email_confirmation.subject', { brand }),
        paragraphs: [
          t('mails:email_confirmation.text', { nickname: recipient.nickname, brand }),
          t('mails:email_confirmation.note'),
        ],
        action: {
          label: t('mails:email_confirmation.action'),
          url: absoluteUrl(urls.to(`/confirm-email/${token}`)),
        },
      })),

    passwordChanged: (recipient) =>
      write(recipient, (t) => ({
        subject: t('mails:password_changed.subject', { brand }),
        paragraphs: [
          t('mails:password_changed.text', { nickname: recipient.nickname }),
          t('mails:password_changed.note'),
        ],
        action: { label: t('mails:password_changed.action'), url: absoluteUrl(urls.to('/reset-password')) },
      })),

    emailChanged: (recipient) =>
      write(recipient, (t) => ({
        subject: t('mails:email_changed.subject', { brand }),
        paragraphs: [
          t('mails:email_changed.text', { nickname: recipient.nickname }),
          t('mails:email_changed.note'),
        ],
      })),

    emailChangeRequested: (recipient) =>
      write(recipient, (t) => ({
        subject: t('mails:email_change_requested.subject', { brand }),
        paragraphs: [
          t('mails:email_change_requested.text', { nickname: recipient.nickname }),
          t('mails:email_change_requested.note'),
        ],
        action: { label: t('mails:email_change_requested.action'), url: absoluteUrl(urls.to('/settings')) },
      })),

    identityLinked: (recipient, { issuer }) =>
      write(recipient, (t) => ({
        subject: t('mails:identity_linked.subject', { brand }),
        paragraphs: [
          t('mails:identity_linked.text', { nickname: recipient.nickname, provider: issuerName(issuer) }),
          t('mails:identity_linked.note'),
        ],
        action: { label: t('mails:identity_linked.action'), url: absoluteUrl(urls.to('/reset-password')) },
      })),

    identityUnlinked: (recipient, { issuer }) =>
      write(recipient, (t) => ({
        subject: t('mails:identity_unlinked.subject', { brand }),
        paragraphs: [
          t('mails:identity_unlinked.text', { nickname: recipient.nickname, provider: issuerName(issuer) }),
          t('mails:identity_unlinked.note'),
        ],
        action: { label: t('mails:identity_unlinked.action'), url: absoluteUrl(urls.to('/reset-password')) },
      })),

    accountDeleted: (recipient) =>
      write(
        recipient,
        (t) => ({
          subject: t('mails:account_deleted.subject', { brand }),
          paragraphs: [
            t('mails:account_deleted.text', { nickname: recipient.nickname }),
            t('mails:account_deleted.note'),
          ],
        }),
        { past: true },
      ),
  };
}
