/**
 * Where the host application signs people in: a path of its site, an address elsewhere, or a function that returns
 * one for `next`, the path of the page to come back to, with the base path.
 */
export type LoginUrl = string | ((next: string) => string);

/** Adds `?next=` to an address that is given as a text. @throws {Error} if the address is invalid. */
export function loginAddress(loginUrl: LoginUrl): (next: string) => string {
  if (typeof loginUrl === 'function') return loginUrl;
  const address = checkedAddress('loginUrl', loginUrl);
  return (next) => {
    const url = new URL(address, BASE);
    url.searchParams.set('next', next);
    return url.origin === BASE ? url.pathname + url.search + url.hash : url.href;
  };
}

/** A domain that is never in use: reserved by RFC 2606. */
const BASE = 'http://site.invalid';

/** Returns a path of the site or a web address, safe for a link. @throws {Error} for anything else. */
export function checkedAddress(name: string, address: string): string {
  const isPath = /^\/(?![/\\])[^\s\\]*$/.test(address);
  if (isPath || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
  throw new Error(`${name} must be a path such as '/login', or begin with https://; got '${address}'.`);
}
