import { MicroblogError } from '@microblog/core';
import type { Scrub } from '../../operations/logging/scrub.ts';

/** The properties that nodemailer adds to its errors. */
interface SmtpError extends Error {
  readonly code?: string;
  /** The system's or TLS's code, if `code` only names the step. */
  readonly originalCode?: string;
  /** The server's reply, with its status. */
  readonly response?: string;
  readonly responseCode?: number;
}

/**
 * The `mail_failed` error for a mail server's refusal or a missing answer. `details.retry` says whether a retry may
 * help: not after a 5yz, nor after a refused sign-in (RFC 5321, section 4.2.1). Neither the error nor its cause is
 * kept: they repeat recipients and credentials. The server's reply is kept, scrubbed.
 */
export function mailFailed(thrown: unknown, server: string, scrub: Scrub): MicroblogError {
  const error: SmtpError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { responseCode: status } = error;
  const reason = error.originalCode ?? error.code ?? 'UNKNOWN';
  const response = error.response === undefined ? undefined : scrub(error.response).slice(0, 300);
  const answer = response === undefined ? '' : ` (${response.replace(/\s+/g, ' ').trim()})`;
  const retry = status === undefined ? !given(error, 'EAUTH', 'EENVELOPE', 'EMESSAGE') : status < 500;
  const message = `The mail server ${server} ${describeFailure(error, reason, answer)}`;
  return new MicroblogError('mail_failed', message, {
    details: {
      retry,
      server,
      reason,
      ...(status === undefined ? {} : { status }),
      ...(response === undefined ? {} : { response }),
    },
  });
}

function describeFailure(error: SmtpError, reason: string, answer: string): string {
  if (given(error, 'EAUTH')) {
    return `did not take the sign-in${answer}: check MAIL_USERNAME and MAIL_PASSWORD.`;
  }
  if (isCertificateFault(reason)) {
    return `shows a certificate that does not verify (${reason}): set MAIL_SERVER to the name in the certificate; where no public authority has signed it, set NODE_EXTRA_CA_CERTS to a file with the one that has.`;
  }
  if (given(error, 'ETLS')) {
    return `did not begin encryption${answer}: check MAIL_PORT and whether it takes MAIL_USE_TLS (STARTTLS) or MAIL_USE_SSL.`;
  }
  if (error.responseCode !== undefined) {
    return error.responseCode < 500 ? `can't take it now${answer}.` : `refused it${answer}.`;
  }
  if (given(error, 'ETIMEDOUT')) {
    return 'did not answer in time: check MAIL_SERVER and MAIL_PORT (465 goes with MAIL_USE_SSL).';
  }
  return `can't be reached, or broke off (${reason}): check MAIL_SERVER, MAIL_PORT and how it is to be encrypted.`;
}

function given({ code }: SmtpError, ...codes: readonly string[]): boolean {
  return code !== undefined && codes.includes(code);
}

/** OpenSSL's reasons, as Node names them. */
function isCertificateFault(reason: string): boolean {
  return /CERT|UNABLE_TO_(VERIFY|GET)|^ERR_TLS_CERT/.test(reason);
}
