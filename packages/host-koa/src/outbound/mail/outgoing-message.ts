import { type Mail, MicroblogError } from '@microblog/core';
import type { SendMailOptions } from 'nodemailer';
import { isAddress, type Mailbox } from './mailbox.ts';

/** Set here or by the library; a mail does not override them. */
const ownHeaders =
  /^(from|to|cc|bcc|sender|subject|date|message-id|mime-version|return-path|received|content-.*|dkim-.*)$/i;
/** RFC 5322, section 2.2. */
const headerName = /^[!-9;-~]+$/;

/**
 * The message as it goes out. Who gets it is said apart from its headers; addresses are single ones, and no
 * header can hold a line end, so that nothing that people wrote becomes a header or a recipient.
 * @throws {MicroblogError} `mail_failed`, for recipients or headers that are none; they are not repeated.
 */
export function outgoingMessage(mail: Mail, from: Mailbox): SendMailOptions {
  if (mail.to.length === 0 || !mail.to.every(isAddress))
    throw unsendable('A recipient is no e-mail address.');
  const { headers = {} } = mail;
  if (!Object.keys(headers).every((name) => headerName.test(name) && !ownHeaders.test(name))) {
    throw unsendable('A header is one that mails may not set.');
  }
  return {
    envelope: { from: from.address, to: [...mail.to] },
    from: { name: onOneLine(from.name), address: from.address },
    to: mail.to.map((address) => ({ name: '', address })),
    subject: onOneLine(mail.subject),
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    headers: {
      // No holiday notices in answer (RFC 3834, section 5).
      'Auto-Submitted': 'auto-generated',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, onOneLine(value)])),
    },
  };
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function unsendable(message: string): MicroblogError {
  return new MicroblogError('mail_failed', message, { details: { retry: false } });
}
