import { type Mailer, noMailer } from '@microblog/core';

/** A mailer that can be tested and closed. */
export interface HostMailer extends Mailer {
  /**
   * Connects to the mail server, with encryption and sign-in as configured, and sends nothing. Resolves at once if
   * the host sends no mail.
   * @throws {MicroblogError} `mail_failed`, with a remedy.
   */
  verify(): Promise<void>;
  /** Closes connections; mails in progress fail. May be called twice. */
  close(): void;
}

/** For a host without a mail server. */
export const noHostMailer: HostMailer = { ...noMailer, verify: async () => {}, close: () => {} };
