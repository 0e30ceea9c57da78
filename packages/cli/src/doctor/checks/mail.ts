import type { Config } from '@microblog/host-koa/composition';
import { type Finding, failure, ok, warn } from '../finding.ts';

type MailSettings = Pick<Config['mail'], 'delivery' | 'admins'>;

/** Connects and signs in, and sends nothing. @throws {MicroblogError} `mail_failed`. */
export interface VerifiableMailer {
  verify(): Promise<void>;
}

/** In seconds. By the standard a greeting may take minutes, but here a user waits. */
const TIMEOUT_SECONDS = 15;
const VARIABLES =
  'Check MAIL_SERVER, MAIL_PORT, MAIL_USE_TLS or MAIL_USE_SSL, MAIL_USERNAME and MAIL_PASSWORD (docs/mail-and-logs.md).';

/** Whether mails can be sent. */
export async function checkMail({ delivery }: MailSettings, mailer: VerifiableMailer): Promise<Finding> {
  if (delivery.kind !== 'smtp') {
    const instead = delivery.kind === 'log' ? ', but written to the log' : '';
    return ok('mail', `No mail is sent${instead}: MAIL_SERVER is not set.`);
  }
  const { host, port } = delivery.server;
  try {
    await withTimeout(TIMEOUT_SECONDS, mailer.verify());
    return ok('mail', `The mail server at ${host}:${port} answers and lets this program in.`);
  } catch (error) {
    return failure('mail', error, VARIABLES);
  }
}

/**
 * Whether links in mails lead to the site, and an administrator gets mails about faults. `origin` is that of
 * `BASE_URL`.
 */
export function checkMailSurroundings(
  { delivery, admins }: MailSettings,
  origin: string | undefined,
): Finding[] {
  if (delivery.kind !== 'smtp') {
    return admins.length === 0
      ? []
      : [warn('mail.admins', 'The addresses in ADMINS get no mail about faults.', 'Set MAIL_SERVER.')];
  }
  const links =
    origin === undefined
      ? warn(
          'mail.links',
          'Links in mails lead to this machine.',
          'Set BASE_URL to the public address of the site.',
        )
      : ok('mail.links', `Links in mails lead to ${origin}.`);
  const faults =
    admins.length === 0
      ? warn(
          'mail.admins',
          'No administrator gets mails about faults of the program.',
          'Set ADMINS to your address.',
        )
      : ok('mail.admins', 'Administrators are mailed about faults.');
  return [links, faults];
}

async function withTimeout(seconds: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`The mail server did not answer in ${seconds} s.`)),
    seconds * 1000,
  );
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
