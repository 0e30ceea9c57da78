import type { Logger } from '@microblog/core';
import type { HostMailer } from './host-mailer.ts';

/**
 * Writes mails to the log instead of sending them, for developers who need the link in a mail. Never for a site with
 * other users: such a link opens an account. Only the domain of recipients is logged.
 */
export function logMailer(logger: Logger): HostMailer {
  return {
    enabled: true,
    async send({ to, subject, text }) {
      const domains = to.map((address) => address.slice(address.lastIndexOf('@') + 1));
      logger.info({ domains, subject, text }, 'mail, not sent: MAIL_SERVER is not set');
    },
    verify: async () => {},
    close: () => {},
  };
}
