import { type Mailer, noMailer } from '@microblog/core';

/** A mailer that can be tried, and that lets go of its connections. */
export interface HostMailer extends Mailer {
  /**
   * Reaches the mail server, with encryption and sign-in as configured, and sends nothing. Resolves at once
   * where no mail is sent.
   * @throws {MicroblogError} `mail_failed`, with a remedy.
   */
  verify(): Promise<void>;
  /** Closes connections; what is being sent fails. May be called twice. */
  close(): void;
}

/** For a host without a mail server. */
export const noHostMailer: HostMailer = { ...noMailer, verify: async () => {}, close: () => {} };
