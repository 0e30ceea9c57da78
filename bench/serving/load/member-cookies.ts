import { signingKeys } from '../../../packages/host-koa/src/site/signing-keys.ts';
import { SECRET_KEY } from '../processes/microblog.ts';

const LIFETIME_S = 86_400;

/** The cookies of a browser in which a member is signed in, with the form secret that it has by then. */
export function memberCookies(userId: string): string {
  const session = `${userId}.0.${Math.floor(Date.now() / 1000) + LIFETIME_S}`;
  const signature = signingKeys([SECRET_KEY], '').sign(`microblog_session=${session}`);
  // A form secret is 24 characters of base64url.
  const secret = userId.padStart(24, 'x');
  return `microblog_session=${session}; microblog_session.sig=${signature}; microblog_csrf=${secret}`;
}
