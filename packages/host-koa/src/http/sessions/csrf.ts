import { randomBytes } from 'node:crypto';
import type { HostContext } from '../context.ts';
import { isFromOwnSite } from '../forms/own-site.ts';
import { ownCookies } from './own-cookies.ts';
import type { CookieNeeds } from './signed-cookie.ts';

/**
 * Signed double-submit tokens (OWASP Cross-Site Request Forgery Prevention). A form carries a signature over a secret
 * in the browser's cookie and over the id of the viewer. So a token of another browser is invalid, and so is one from
 * before signing in. A salt makes each token different, against compression attacks.
 */
const NAME = 'microblog_csrf';
const SECRET = /^[\w-]{24}$/;

export interface CsrfTokens {
  /** A token for the forms of this response. A browser without a secret gets one with it. */
  issue(ctx: HostContext): string;
  /** Whether `token` was issued for this browser and for the viewer of this request, and a page of this site sent it. */
  isValid(ctx: HostContext, token: string): boolean;
}

export interface CsrfNeeds extends CookieNeeds {
  /** The configured origin of the site; null if there is none. */
  readonly origin: string | null;
}

export function csrfTokens({ keys, urls, origin }: CsrfNeeds): CsrfTokens {
  const cookies = ownCookies(urls);
  const browserSecret = (ctx: HostContext) => {
    const secret = cookies.get(ctx, NAME);
    return secret !== undefined && SECRET.test(secret) ? secret : null;
  };
  return {
    issue(ctx) {
      let secret = browserSecret(ctx);
      if (secret === null) {
        secret = randomBytes(18).toString('base64url');
        cookies.set(ctx, NAME, secret);
      }
      const salt = randomBytes(9).toString('base64url');
      ctx.state.formToken = `${salt}.${keys.sign(signed(salt, secret, ctx))}`;
      return ctx.state.formToken;
    },
    isValid(ctx, token) {
      const secret = browserSecret(ctx);
      const [, salt = '', signature = ''] = /^([\w-]{12})\.([\w-]{20,100})$/.exec(token) ?? [];
      if (!isFromOwnSite(ctx, origin)) return false;
      return secret !== null && salt !== '' && keys.verify(signed(salt, secret, ctx), signature);
    },
  };
}

function signed(salt: string, secret: string, ctx: HostContext): string {
  return `csrf:${salt}:${secret}:${ctx.state.viewer?.id ?? 'visitor'}`;
}
