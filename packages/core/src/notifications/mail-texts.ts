export interface MailText {
  readonly subject: string;
  readonly text: string;
  /** The same as HTML; without it, the mail is plain text. */
  readonly html?: string;
}

/** Whom a mail is for. */
interface Recipient {
  readonly nickname: string;
  /** A BCP 47 tag, or null where it is unknown. */
  readonly locale: string | null;
}

/** What mails say. `locale` is that of the person it is for, as a BCP 47 tag, or null where it is unknown. */
export interface MailTexts {
  /** To somebody whom `nickname` has begun to follow. */
  followed(about: { readonly nickname: string; readonly locale: string | null }): MailText;
  /** With a link that holds `token`, for an hour, to set a new password. */
  passwordReset(about: Recipient & { readonly token: string }): MailText;
  /** With a link that holds `token`, for a week, to confirm the address. */
  emailConfirmation(about: Recipient & { readonly token: string }): MailText;
  /** That the password was changed, or the e-mail address, which this mail then no longer is. */
  accountNotice(about: Recipient & { readonly about: 'password_changed' | 'email_changed' }): MailText;
}

/** English, whatever the locale. */
export const englishMailTexts: MailTexts = {
  followed: ({ nickname }) => ({
    subject: `${nickname} is now following you`,
    text: `${nickname} is now following you.\n`,
  }),
  passwordReset: ({ nickname, token }) => ({
    subject: 'Set a new password',
    text: `Somebody, probably you, asked for a new password for ${nickname}. This is good for an hour, once: ${token}\n`,
  }),
  emailConfirmation: ({ nickname, token }) => ({
    subject: 'Confirm your address',
    text: `To confirm that this is the address of ${nickname}, use this within a week: ${token}\n`,
  }),
  accountNotice: ({ nickname, about }) => ({
    subject: about === 'password_changed' ? 'Your password was changed' : 'Your e-mail address was changed',
    text: `This was done to the account ${nickname}. If it was not you, ask for a new password at once.\n`,
  }),
};
