import type { Urls } from '../../site/urls.ts';
import type { HostContext } from '../context.ts';

/**
 * Cookies of this application alone. Scripts can't read them, and other sites' forms do not send them.
 *
 * At the root of a site over TLS, their names begin with `__Host-`: a browser then refuses one that a sibling subdomain
 * has set (RFC 6265bis, section 4.1.3.2). Below a base path that prefix is not allowed.
 */
export interface OwnCookies {
  /** The name that the browser knows. */
  nameOf(ctx: HostContext, name: string): string;
  get(ctx: HostContext, name: string): string | undefined;
  set(ctx: HostContext, name: string, value: string, options?: CookieOptions): void;
  clear(ctx: HostContext, name: string, options?: Pick<CookieOptions, 'signed'>): void;
}

interface CookieOptions {
  /** In milliseconds. Default: until the browser is closed. */
  readonly maxAge?: number;
  /** Whether a second cookie has a signature of the first. Default: false. */
  readonly signed?: boolean;
}

export function ownCookies({ cookiePath: path }: Pick<Urls, 'cookiePath'>): OwnCookies {
  const nameOf = (ctx: HostContext, name: string) => (ctx.secure && path === '/' ? `__Host-${name}` : name);
  return {
    nameOf,
    get: (ctx, name) => ctx.cookies.get(nameOf(ctx, name), { signed: false }),
    set(ctx, name, value, { maxAge, signed = false } = {}) {
      ctx.cookies.set(nameOf(ctx, name), value, {
        path,
        signed,
        httpOnly: true,
        // Sent when another site links here, and in no other request from there.
        sameSite: 'lax',
        secure: ctx.secure,
        ...(maxAge === undefined ? {} : { maxAge }),
      });
    },
    clear(ctx, name, { signed = false } = {}) {
      // A browser ignores the removal of a prefixed cookie that lacks `Secure`.
      ctx.cookies.set(nameOf(ctx, name), null, { path, signed, secure: ctx.secure });
    },
  };
}
