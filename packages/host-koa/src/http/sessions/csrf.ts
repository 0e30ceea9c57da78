import { randomBytes } from 'node:crypto';
import type { HostContext } from '../context.ts';
import type { Host } from '../host.ts';

/**
 * Signed double-submit tokens (OWASP Cross-Site Request Forgery Prevention): a form carries a signature
 * over a secret of the browser's cookie and over who is signed in, so that neither another browser's token
 * nor one from before signing in is good. A salt makes each one different, against compression attacks.
 */
const NAME = 'microblog_csrf';
const SECRET = /^[\w-]{24}$/;

type CsrfHost = Pick<Host, 'keys' | 'urls'>;

/** A token for the forms of this response; the browser gets its secret with it where it has none yet. */
export function csrfToken({ keys, urls }: CsrfHost, ctx: HostContext): string {
  let secret = browserSecret(ctx);
  if (secret === null) {
    secret = randomBytes(18).toString('base64url');
    ctx.cookies.set(NAME, secret, {
      path: urls.cookiePath,
      signed: false,
      httpOnly: true,
      sameSite: 'lax',
      secure: ctx.secure,
    });
  }
  const salt = randomBytes(9).toString('base64url');
  return `${salt}.${keys.sign(signed(salt, secret, ctx))}`;
}

/** Whether `token` was made for this browser and for whoever is signed in now. */
export function isCsrfToken({ keys }: CsrfHost, ctx: HostContext, token: string): boolean {
  const secret = browserSecret(ctx);
  const [, salt = '', signature = ''] = /^([\w-]{12})\.([\w-]{20,100})$/.exec(token) ?? [];
  return secret !== null && salt !== '' && keys.verify(signed(salt, secret, ctx), signature);
}

function signed(salt: string, secret: string, ctx: HostContext): string {
  return `csrf:${salt}:${secret}:${ctx.state.viewer?.id ?? 'visitor'}`;
}

function browserSecret(ctx: HostContext): string | null {
  const secret = ctx.cookies.get(NAME, { signed: false });
  return secret !== undefined && SECRET.test(secret) ? secret : null;
}
