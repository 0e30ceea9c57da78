import { describeError } from '../../describe-error.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** As much of a mailer as can be looked at. */
export interface VerifiableMailer {
  readonly enabled: boolean;
  /** Connects and signs in, and sends nothing. Absent where that means nothing. */
  verify?(): Promise<void>;
}

/** Seconds that a mail server may take. A greeting may take minutes by the rules, but not for those who wait. */
const PATIENCE = 15;

export async function checkMail(mailer: VerifiableMailer | null): Promise<Finding> {
  if (mailer === null || !mailer.enabled) {
    return ok('mail', 'No mail is sent: MAIL_SERVER is not set.');
  }
  if (mailer.verify === undefined) {
    return warn('mail', 'Mails go to the log, not to people.', 'Set MAIL_SERVER, and what goes with it.');
  }
  try {
    await withinSeconds(PATIENCE, mailer.verify());
    return ok('mail', 'The mail server answers and lets this program in.');
  } catch (error) {
    return fail(
      'mail',
      `The mail server can't be used: ${describeError(error)}`,
      'Check MAIL_SERVER, MAIL_PORT, MAIL_USE_TLS or MAIL_USE_SSL, MAIL_USERNAME and MAIL_PASSWORD.',
    );
  }
}

async function withinSeconds(seconds: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${seconds} s`)), seconds * 1000);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
