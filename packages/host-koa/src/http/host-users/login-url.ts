/**
 * Where the host application signs people in: a path of its site, an address elsewhere, or what makes one of
 * `next`, the path of the page to come back to, base path included.
 */
export type LoginUrl = string | ((next: string) => string);

/** Adds `?next=` to an address that is given as a text. @throws {Error} for one that is none. */
export function loginAddress(loginUrl: LoginUrl): (next: string) => string {
  if (typeof loginUrl === 'function') return loginUrl;
  const address = checkedAddress('loginUrl', loginUrl);
  return (next) => {
    const url = new URL(address, BASE);
    url.searchParams.set('next', next);
    return url.origin === BASE ? url.pathname + url.search + url.hash : url.href;
  };
}

/** No address in use: reserved by RFC 2606. */
const BASE = 'http://site.invalid';

/** A path of the site or an address of the web, of which pages make links. @throws {Error} for anything else. */
export function checkedAddress(name: string, address: string): string {
  const isPath = /^\/(?![/\\])[^\s\\]*$/.test(address);
  if (isPath || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
  throw new Error(`${name} must be a path such as '/login', or begin with https://; got '${address}'.`);
}
