import { domainToUnicode } from 'node:url';

/** An address as its owner reads it: the domain in its own script, not in punycode. */
export function readableEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = domainToUnicode(address.slice(at + 1));
  // Empty for a domain that is none.
  return domain === '' ? address : `${address.slice(0, at + 1)}${domain}`;
}
