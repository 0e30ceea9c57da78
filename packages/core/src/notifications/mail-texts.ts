import type { Mail } from '../ports/mailer.ts';
import type { User } from '../users/user.ts';

/** A mail without its recipients. */
export type MailText = Omit<Mail, 'to'>;

/** The recipient of a mail. `locale` is a BCP 47 tag, or null if it is unknown. */
export type MailRecipient = Pick<User, 'id' | 'nickname' | 'locale'>;

/** Copies the fields of the recipient that texts of mails may use, and no others. */
export function mailRecipient({ id, nickname, locale }: User): MailRecipient {
  return { id, nickname, locale };
}

/** The texts of mails. */
export interface MailTexts {
  /** `follower` began to follow the recipient. */
  followed(recipient: MailRecipient, about: { readonly follower: Pick<User, 'nickname'> }): MailText;
  /** A link with `token` to set a new password, valid for an hour. */
  passwordReset(recipient: MailRecipient, about: { readonly token: string }): MailText;
  /** A link with `token` to confirm the address, valid for a week. */
  emailConfirmation(recipient: MailRecipient, about: { readonly token: string }): MailText;
  /** The password was changed. */
  passwordChanged(recipient: MailRecipient): MailText;
  /** To the current address of an account without a password: a change of the address was requested. */
  emailChangeRequested(recipient: MailRecipient): MailText;
  /** To the earlier address: the account now has another one. */
  emailChanged(recipient: MailRecipient): MailText;
  /** A sign-in with the provider `issuer`, given as its URL, was added to the account. */
  identityLinked(recipient: MailRecipient, about: { readonly issuer: string }): MailText;
  /** The sign-in with the provider `issuer` was removed from the account. */
  identityUnlinked(recipient: MailRecipient, about: { readonly issuer: string }): MailText;
  /** The account was deleted. */
  accountDeleted(recipient: MailRecipient): MailText;
}

const plain = (subject: string, text: string): MailText => ({ subject, text: `${text}\n` });

/** English plain text for every locale. Without links, because core does not know the URLs of pages. */
export const englishMailTexts: MailTexts = {
  followed: (_recipient, { follower }) =>
    plain(`${follower.nickname} is now following you`, `${follower.nickname} is now following you.`),
  passwordReset: ({ nickname }, { token }) =>
    plain(
      'Set a new password',
      `Somebody, probably you, asked for a new password for ${nickname}. This works once, for one hour: ${token}`,
    ),
  emailConfirmation: ({ nickname }, { token }) =>
    plain(
      'Confirm your address',
      `To confirm that this is the address of ${nickname}, use this within a week: ${token}`,
    ),
  passwordChanged: ({ nickname }) =>
    plain(
      'Your password was changed',
      `The password of ${nickname} was changed. If it wasn’t you, ask for a new one right away.`,
    ),
  emailChangeRequested: ({ nickname }) =>
    plain(
      'Somebody wants to change your email address',
      `Somebody, probably you, asked for another address for ${nickname}. If it wasn’t you, sign in and sign out everywhere: this cancels the change.`,
    ),
  identityLinked: ({ nickname }, { issuer }) =>
    plain(
      'Another way to sign in',
      `You can now sign in to ${nickname} with ${issuer}. If it wasn’t you, set a new password: this disconnects it.`,
    ),
  identityUnlinked: ({ nickname }, { issuer }) =>
    plain(
      'A way to sign in is gone',
      `You can no longer sign in to ${nickname} with ${issuer}. If it wasn’t you, set a new password.`,
    ),
  accountDeleted: ({ nickname }) =>
    plain(
      'Your account was deleted',
      `The account ${nickname} was deleted, with everything in it. If it wasn’t you, write to the people who run this site.`,
    ),
  emailChanged: ({ nickname }) =>
    plain(
      'Your email address was changed',
      `${nickname} now has another address. If it wasn’t you, write to the people who run this site.`,
    ),
};
