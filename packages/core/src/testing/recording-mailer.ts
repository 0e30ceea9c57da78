import type { Mail, Mailer } from '../ports/mailer.ts';

/** A mailer that records the mails. */
export interface RecordingMailer extends Mailer {
  readonly sent: readonly Mail[];
  /** Makes the next `send` fail with this error. */
  failNext(error: Error): void;
}

/** A mailer that records the mails. */
export function recordingMailer(): RecordingMailer {
  const sent: Mail[] = [];
  let failure: Error | undefined;
  return {
    enabled: true,
    sent,
    failNext(error) {
      failure = error;
    },
    async send(mail) {
      const error = failure;
      failure = undefined;
      if (error !== undefined) throw error;
      sent.push(mail);
    },
  };
}
