/** One message to one or several people. Texts only: whoever sends it has chosen the language. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same as HTML; without it, the mail is plain text. */
  readonly html?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends mails. Called from jobs, which try again, so a slow server holds up no request. */
export interface Mailer {
  /** False where no mail can be sent; pages that need mail then say so. */
  readonly enabled: boolean;
  /**
   * Resolves when the mail server has taken the message. Callers do not make people wait for it: mails are
   * sent by jobs, or in the background.
   * @throws {MicroblogError} `mail_failed` where the server can't be reached or refuses; `details.retry` tells
   * whether trying again may help (RFC 5321, section 4.2.1: 4yz may, 5yz won't).
   */
  send(mail: Mail): Promise<void>;
}

/** No mail at all: what is sent goes nowhere. */
export const noMailer: Mailer = { enabled: false, send: async () => {} };
