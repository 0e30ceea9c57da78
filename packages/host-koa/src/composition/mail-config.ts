import type { Logger } from '@microblog/core';
import { type HostMailer, noHostMailer } from '../outbound/mail/host-mailer.ts';
import { logMailer } from '../outbound/mail/log-mailer.ts';
import { type Mailbox, parseMailbox } from '../outbound/mail/mailbox.ts';
import { type SmtpServer, smtpMailer } from '../outbound/mail/smtp-mailer.ts';
import type { Environment, HostingProfile } from './environment.ts';

export interface MailConfig {
  /** `log` writes mails to the log instead of sending them, for development. */
  readonly delivery:
    | { readonly kind: 'smtp'; readonly server: SmtpServer }
    | { readonly kind: 'log' }
    | { readonly kind: 'none' };
  readonly from: Mailbox;
  readonly admins: readonly string[];
}

export function mailConfig(env: Environment, profile: HostingProfile): MailConfig {
  const siteHost = env.BASE_URL === undefined ? 'localhost' : new URL(env.BASE_URL).hostname;
  // Mail servers may refuse a mailbox whose host is an IPv6 address.
  const fallback = { name: '', address: `microblog@${siteHost.startsWith('[') ? 'localhost' : siteHost}` };
  return {
    delivery: delivery(env, profile, siteHost),
    from: parseMailbox(env.MAIL_FROM ?? '') ?? fallback,
    admins: env.ADMINS,
  };
}

/** Faults of the mail variables in combination, each with a remedy. */
export function mailFaults(env: Environment): string[] {
  const faults: string[] = [];
  if (env.MAIL_USE_TLS && env.MAIL_USE_SSL) {
    faults.push(
      'MAIL_USE_SSL: not together with MAIL_USE_TLS; set one (SSL for port 465, TLS for 587 and 25)',
    );
  }
  if ((env.MAIL_USERNAME === undefined) !== (env.MAIL_PASSWORD === undefined)) {
    const missing = env.MAIL_USERNAME === undefined ? 'MAIL_USERNAME' : 'MAIL_PASSWORD';
    faults.push(`${missing}: required if its counterpart is set; set both, or neither`);
  }
  const encrypted = env.MAIL_USE_TLS || env.MAIL_USE_SSL;
  if (env.MAIL_PASSWORD !== undefined && !encrypted && !isLoopback(env.MAIL_SERVER ?? 'localhost')) {
    faults.push(
      'MAIL_PASSWORD: would cross the network in clear; set MAIL_USE_TLS=1 (port 587) or MAIL_USE_SSL=1 (port 465)',
    );
  }
  return faults;
}

function delivery(env: Environment, profile: HostingProfile, siteHost: string): MailConfig['delivery'] {
  if (env.MAIL_SERVER !== undefined) return { kind: 'smtp', server: smtpServer(env, env.MAIL_SERVER) };
  // A mail may contain a link that opens an account, so the log of a public site must not contain mails.
  const developing =
    profile === 'vps' && env.NODE_ENV !== 'production' && env.LOG_FILE === undefined && isLoopback(siteHost);
  return { kind: developing ? 'log' : 'none' };
}

function smtpServer(env: Environment, host: string): SmtpServer {
  const encryption = env.MAIL_USE_SSL ? 'tls' : env.MAIL_USE_TLS ? 'starttls' : 'optional';
  const { MAIL_USERNAME: username, MAIL_PASSWORD: password } = env;
  return {
    host,
    port: env.MAIL_PORT ?? { optional: 25, starttls: 587, tls: 465 }[encryption],
    encryption,
    credentials: username === undefined || password === undefined ? undefined : { username, password },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Sends, logs or drops mails, as configured. */
export function configuredMailer({ delivery, from }: MailConfig, logger: Logger): HostMailer {
  if (delivery.kind === 'smtp') return smtpMailer({ server: delivery.server, from, logger });
  return delivery.kind === 'log' ? logMailer(logger) : noHostMailer;
}
