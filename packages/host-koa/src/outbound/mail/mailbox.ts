import { normalizeEmail } from '@microblog/core';

/** Characters that separate or end addresses in headers (RFC 5322, section 3.2.3), white space and controls. */
const special = '\\s\\p{Cc}<>()\\[\\]\\\\,;:"@';
const address = new RegExp(`^[^${special}]+@[^${special}]+$`, 'u');
const named = /^([^\p{Cc}<>]*)<([^<>]*)>$/u;

/** A name and an address: the sender of mails. */
export interface Mailbox {
  /** What mail programs show; may be empty. */
  readonly name: string;
  readonly address: string;
}

/** Whether `text` is one address and nothing else, so that it cannot hide a second recipient. */
export function isAddress(text: string): boolean {
  return address.test(text);
}

/** Reads `name@host` or `Name <name@host>`; null for anything else. Domains are in ASCII, as mail servers know them. */
export function parseMailbox(text: string): Mailbox | null {
  const [, name = '', inBrackets = ''] = named.exec(text) ?? [];
  const mailbox = inBrackets === '' ? { name: '', address: text.trim() } : { name, address: inBrackets };
  return isAddress(mailbox.address)
    ? {
        name: mailbox.name.trim().replace(/^"(.*)"$/, '$1'),
        address: normalizeEmail(mailbox.address) ?? mailbox.address,
      }
    : null;
}

export function isMailbox(text: string): boolean {
  return parseMailbox(text) !== null;
}
