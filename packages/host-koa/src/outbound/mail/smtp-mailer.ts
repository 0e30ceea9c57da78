import { consoleLogger, type Logger, type Mail, MicroblogError, requireKnownOptions } from '@microblog/core';
import type { Transporter } from 'nodemailer';
import { scrubber } from '../../operations/logging/scrub.ts';
import type { HostMailer } from './host-mailer.ts';
import { mailFailed } from './mail-error.ts';
import { type Mailbox, parseMailbox } from './mailbox.ts';
import { outgoingMessage } from './outgoing-message.ts';

/** Address, credentials and encryption of the mail server. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /**
   * `tls` from the first byte, or `starttls` before any command; both require a valid certificate. `optional` uses
   * encryption if the server offers it and does without if that fails. It checks no certificate, as between mail
   * servers (RFC 7435).
   */
  readonly encryption: 'optional' | 'starttls' | 'tls';
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
}

/** Options of `smtpMailer`. */
export interface SmtpMailerOptions {
  readonly server: SmtpServer;
  /** The sender of mails: `name@host`, `Name <name@host>`, or the two separately. */
  readonly from: Mailbox | string;
  /** Logs the number of refused recipients. Default: the console. */
  readonly logger?: Logger;
  /** For the connection, and then for the server's greeting, in milliseconds. Default: 10 s. */
  readonly connectionTimeout?: number;
  /** For each further answer, in milliseconds. Default: 30 s. */
  readonly answerTimeout?: number;
}

/**
 * Sends mails through an SMTP server, over up to two connections, which are kept for further mails. It connects when
 * there is a mail to send. If the server refuses some recipients, their number is logged; a mail fails only if all
 * are refused.
 * @throws {Error} for an invalid sender.
 */
export function smtpMailer(options: SmtpMailerOptions): HostMailer {
  const timeouts = { connectionTimeout: true, answerTimeout: true } as const;
  requireKnownOptions('smtpMailer', options, { server: true, from: true, logger: true, ...timeouts });
  const { server, logger = consoleLogger } = options;
  const from = senderOf(options.from);
  const location = `${server.host}:${server.port}`;
  let transporter: Promise<Transporter> | undefined;
  let closed = false;

  async function attempt<Result>(mail: Mail | null, work: (through: Transporter) => Promise<Result>) {
    if (closed)
      throw new MicroblogError('mail_failed', 'The mailer is closed.', { details: { retry: true } });
    try {
      transporter ??= createTransporter(options);
      return await work(await transporter);
    } catch (error) {
      throw mailFailed(error, location, scrubber([...secretsOf(server), ...(mail?.to ?? []), from.address]));
    }
  }

  return {
    enabled: true,
    async send(mail) {
      const message = outgoingMessage(mail, from);
      const { rejected = [] } = await attempt(mail, (through) => through.sendMail(message));
      if (rejected.length > 0) {
        logger.warn(
          { refused: rejected.length, recipients: mail.to.length },
          'mail refused for some recipients',
        );
      }
    },
    async verify() {
      await attempt(null, (through) => through.verify());
    },
    close() {
      closed = true;
      void transporter?.then((through) => through.close({ force: true }));
    },
  };
}

function senderOf(from: Mailbox | string): Mailbox {
  const mailbox = typeof from === 'string' ? parseMailbox(from) : from;
  if (mailbox === null) throw new Error(`from must be like 'Name <name@example.org>'; got '${from}'.`);
  return mailbox;
}

async function createTransporter(options: SmtpMailerOptions) {
  const { server, connectionTimeout = 10_000, answerTimeout = 30_000 } = options;
  const { username, password } = server.credentials ?? {};
  // Loaded with the first mail: loading takes a while, and most commands send none.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    pool: true,
    maxConnections: 2,
    // If the server has closed a kept connection, the next mail notices it and gets another connection.
    maxRequeues: 1,
    host: server.host,
    port: server.port,
    ...encryption(server),
    ...(username === undefined || password === undefined ? {} : { auth: { user: username, pass: password } }),
    connectionTimeout,
    greetingTimeout: connectionTimeout,
    dnsTimeout: connectionTimeout,
    socketTimeout: answerTimeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function encryption({ encryption: kind }: SmtpServer) {
  if (kind === 'tls') return { secure: true };
  if (kind === 'starttls') return { secure: false, requireTLS: true };
  return { secure: false, opportunisticTLS: true, tls: { rejectUnauthorized: false } };
}

/** As they are, and in the form in which SMTP sends them. */
function secretsOf({ credentials }: SmtpServer): string[] {
  if (credentials === undefined) return [];
  const { username, password } = credentials;
  const texts = [password, username, `\0${username}\0${password}`];
  return texts.flatMap((text) => [text, Buffer.from(text).toString('base64')]);
}
