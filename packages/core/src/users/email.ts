import { z } from 'zod';
import { problem } from '../kernel/input.ts';

/** RFC 5321, section 4.5.3.1.3: a path of 256 octets less its angle brackets. */
export const MAX_EMAIL_LENGTH = 254;
/** RFC 5321, section 4.5.3.1.1. */
const MAX_LOCAL_LENGTH = 64;

/** `dot-atom-text` of RFC 5322, section 3.2.3: what browsers and providers take. No quoted names, no other scripts. */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const localPart = new RegExp(`^${atom}(\\.${atom})*$`);
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** In ASCII. The last label is no number: such a domain would be an IP address. */
const domainName = new RegExp(`^(${label}\\.)+(?![0-9]+$)${label}$`);
/** Before it is converted: no character that would make a URL of it. */
const domainCharacters = /^[\p{L}\p{M}\p{N}.\-\u3002]+$/u;

/**
 * The stored form of an address: the domain in small letters and in ASCII (punycode, RFC 5890), so that
 * `ada@россия.рф` and `ada@xn--h1alffa9f.xn--p1ai` are one address. The part before the `@` stays as typed. Null for
 * anything that is no address.
 */
export function normalizeEmail(text: string): string | null {
  const typed = text.trim();
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, Math.max(at, 0));
  const domain = asciiDomain(typed.slice(at + 1));
  if (domain === null || local.length > MAX_LOCAL_LENGTH || !localPart.test(local)) return null;
  const address = `${local}@${domain}`;
  return address.length > MAX_EMAIL_LENGTH ? null : address;
}

/** Browsers convert the domain of an e-mail field in the same way (URL Standard, domain to ASCII). */
function asciiDomain(domain: string): string | null {
  if (domain.length > MAX_EMAIL_LENGTH || !domainCharacters.test(domain)) return null;
  const url = `https://${domain}`;
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return domainName.test(host) ? host : null;
}

/** An e-mail address, in the form that is stored. */
export const emailSchema = z.string().transform((typed, context) => {
  const email = normalizeEmail(typed);
  if (email !== null) return email;
  const text = typed.trim();
  if (text === '') problem(context, 'required');
  else if (text.length > MAX_EMAIL_LENGTH) problem(context, 'too_long', { max: MAX_EMAIL_LENGTH });
  else problem(context, 'email_malformed');
  return z.NEVER;
});

/** True if both are addresses and equal, ignoring case and the script of the domain. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && comparedForm(one) === comparedForm(other);
}

function comparedForm(address: string): string {
  return (normalizeEmail(address) ?? address).toLowerCase();
}
