import type { Mail } from '../ports/mailer.ts';
import type { User } from '../users/user.ts';

/** A mail but for whom it goes to. */
export type MailText = Omit<Mail, 'to'>;

/** Whom a mail is for: their `locale` is a BCP 47 tag, or null where it is unknown. */
export type MailRecipient = Pick<User, 'id' | 'nickname' | 'locale'>;

/** What texts of mails may know of the recipient, and no more. */
export function mailRecipient({ id, nickname, locale }: User): MailRecipient {
  return { id, nickname, locale };
}

/** What mails say. */
export interface MailTexts {
  /** That `follower` has begun to follow them. */
  followed(recipient: MailRecipient, about: { readonly follower: Pick<User, 'nickname'> }): MailText;
  /** With a link that holds `token`, for an hour, to set a new password. */
  passwordReset(recipient: MailRecipient, about: { readonly token: string }): MailText;
  /** With a link that holds `token`, for a week, to confirm the address. */
  emailConfirmation(recipient: MailRecipient, about: { readonly token: string }): MailText;
  /** That the password was changed. */
  passwordChanged(recipient: MailRecipient): MailText;
  /** To the address of an account without a password: that somebody asked to put another in its place. */
  emailChangeRequested(recipient: MailRecipient): MailText;
  /** To the earlier address: that it is no longer the account's. */
  emailChanged(recipient: MailRecipient): MailText;
  /** That one can sign in with an account at `issuer`, the address of a sign-in provider, from now on. */
  identityLinked(recipient: MailRecipient, about: { readonly issuer: string }): MailText;
  /** That one can't any longer. */
  identityUnlinked(recipient: MailRecipient, about: { readonly issuer: string }): MailText;
  /** That the account is no more. */
  accountDeleted(recipient: MailRecipient): MailText;
}

const plain = (subject: string, text: string): MailText => ({ subject, text: `${text}\n` });

/** English, whatever the locale, in plain text, and without addresses of pages, which core does not know. */
export const englishMailTexts: MailTexts = {
  followed: (_recipient, { follower }) =>
    plain(`${follower.nickname} is now following you`, `${follower.nickname} is now following you.`),
  passwordReset: ({ nickname }, { token }) =>
    plain(
      'Set a new password',
      `Somebody, probably you, asked for a new password for ${nickname}. This is good for an hour, once: ${token}`,
    ),
  emailConfirmation: ({ nickname }, { token }) =>
    plain(
      'Confirm your address',
      `To confirm that this is the address of ${nickname}, use this within a week: ${token}`,
    ),
  passwordChanged: ({ nickname }) =>
    plain(
      'Your password was changed',
      `The password of ${nickname} was changed. If it was not you, ask for a new one at once.`,
    ),
  emailChangeRequested: ({ nickname }) =>
    plain(
      'Somebody wants to change your e-mail address',
      `Somebody, probably you, asked for another address for ${nickname}. If it was not you, sign in and sign out everywhere: that takes it back.`,
    ),
  identityLinked: ({ nickname }, { issuer }) =>
    plain(
      'Another way to sign in',
      `One can sign in to ${nickname} with ${issuer} now. If it was not you, set a new password: that disconnects it.`,
    ),
  identityUnlinked: ({ nickname }, { issuer }) =>
    plain(
      'A way to sign in is gone',
      `One can no longer sign in to ${nickname} with ${issuer}. If it was not you, set a new password.`,
    ),
  accountDeleted: ({ nickname }) =>
    plain(
      'Your account was deleted',
      `The account ${nickname} was deleted, with everything in it. If it was not you, write to the people who run this place.`,
    ),
  emailChanged: ({ nickname }) =>
    plain(
      'Your e-mail address was changed',
      `${nickname} has another address now. If it was not you, write to the people who run this place.`,
    ),
};
