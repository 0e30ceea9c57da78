import { type Mail, MicroblogError } from '@microblog/core';
import type { SendMailOptions } from 'nodemailer';
import { isAddress, type Mailbox } from './mailbox.ts';

/** Headers that only this program or the library sets; a mail cannot override them. */
const ownHeaders =
  /^(from|to|cc|bcc|sender|subject|date|message-id|mime-version|return-path|received|content-.*|dkim-.*)$/i;
/** RFC 5322, section 2.2. */
const headerName = /^[!-9;-~]+$/;

/**
 * The message for nodemailer. Recipients are separate from the headers, each is a single address, and no header can
 * hold a line end. So user input can never become a header or a recipient.
 * @throws {MicroblogError} `mail_failed` for invalid recipients or headers, which the error does not repeat.
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
      // Prevents holiday replies (RFC 3834, section 5).
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
