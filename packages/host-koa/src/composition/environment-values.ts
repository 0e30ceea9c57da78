import { z } from 'zod';

/** Decimal digits, from `from` to `to`. */
export function wholeNumber(from: number, to: number) {
  const message = `a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= from && number <= to, message);
}

/** `1`, `0`, `true` or `false`. */
export function flag() {
  return z
    .string()
    .regex(/^(1|0|true|false)$/i, '1, 0, true or false')
    .transform((text) => /^(1|true)$/i.test(text));
}

/** An address of a proxy; as with curl, `http://` may be left out. */
export function proxyUrl() {
  return z
    .string()
    .transform((text) => (/^[a-z0-9+.-]+:\/\//i.test(text) ? text : `http://${text}`))
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
      'an address such as http://proxy.example.org:3128',
    )
    .optional();
}

export function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

/** True for scheme, host and port only, without a slash at the end. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** True for an address without credentials, query and fragment. */
export function isSiteUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}
