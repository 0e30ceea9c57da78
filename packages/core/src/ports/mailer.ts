/** One message to one or several recipients. It has final texts only: the caller has chosen the language. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same text as HTML. Without it, the mail is plain text. */
  readonly html?: string;
  /** Further headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends mails. Jobs call it and retry, so a slow mail server delays no request. */
export interface Mailer {
  /** False if no mail can be sent. Pages that need mail then say so. */
  readonly enabled: boolean;
  /**
   * Resolves when the mail server has accepted the message. Requests do not wait for it: jobs or background work send
   * mails.
   * @throws {MicroblogError} `mail_failed` if the server can't be reached or refuses. `details.retry` is true if
   * another attempt may succeed (RFC 5321, section 4.2.1: yes after 4yz, no after 5yz).
   */
  send(mail: Mail): Promise<void>;
}

/** Mail switched off: discards every message. */
export const noMailer: Mailer = { enabled: false, send: async () => {} };
