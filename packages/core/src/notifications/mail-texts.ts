export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** What mails say. `locale` is that of the person it is for, as a BCP 47 tag, or null where it is unknown. */
export interface MailTexts {
  /** To somebody whom `nickname` has begun to follow. */
  followed(about: { readonly nickname: string; readonly locale: string | null }): MailText;
}

/** English, whatever the locale. */
export const englishMailTexts: MailTexts = {
  followed: ({ nickname }) => ({
    subject: `${nickname} is now following you`,
    text: `${nickname} is now following you.\n`,
  }),
};
