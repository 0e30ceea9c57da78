import type { Logger } from '@microblog/core';
import type { HostMailer } from './host-mailer.ts';

/**
 * Writes mails to the log instead of sending them: for whoever develops, and needs the link in one. Never for
 * a site that others use, since such a link opens an account. Of recipients, only the domain is written.
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
