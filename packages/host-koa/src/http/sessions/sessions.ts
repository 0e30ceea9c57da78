import type { MemberAccount, Microblog } from '@microblog/core';
import type { HostContext } from '../context.ts';
import type { KnownBrowsers } from './known-browsers.ts';
import { ownCookies } from './own-cookies.ts';
import type { CookieNeeds } from './signed-cookie.ts';

/** Signed cookies that name the member who is signed in. */
export interface Sessions {
  /** The member who is signed in, or null. A cookie that is forged, expired or no longer valid is cleared. */
  resume(ctx: HostContext): Promise<MemberAccount | null>;
  /** Signs `user` in: for 30 days if remembered, else until the browser is closed, and for a day at most. */
  begin(ctx: HostContext, user: MemberAccount, options: { readonly remember: boolean }): void;
  /** Renews the session of this browser after a change that ended all sessions. It stays remembered if it was. */
  renew(ctx: HostContext, user: MemberAccount): void;
  end(ctx: HostContext): void;
}

const NAME = 'microblog_session';
const DAY = 24 * 60 * 60 * 1000;

export interface SessionsNeeds extends CookieNeeds {
  readonly microblog: Microblog;
  readonly knownBrowsers: KnownBrowsers;
}

/**
 * The cookie reads `<user id>.<session epoch>.<expiry in seconds>`, with `.r` at the end if remembered.
 * The application's keys sign it.
 */
export function sessions({ microblog, keys, urls, knownBrowsers }: SessionsNeeds): Sessions {
  const cookies = ownCookies(urls);
  const clear = (ctx: HostContext) => cookies.clear(ctx, NAME, { signed: true });
  // `cookies` verifies too, but re-signs an older key with a cookie for the whole site, and for a shorter time.
  const isSigned = (ctx: HostContext, value: string) =>
    keys.verify(`${cookies.nameOf(ctx, NAME)}=${value}`, cookies.get(ctx, `${NAME}.sig`) ?? '');
  const read = (ctx: HostContext) => {
    const value = cookies.get(ctx, NAME);
    return value !== undefined && isSigned(ctx, value) ? parse(value) : null;
  };
  const self: Sessions = {
    async resume(ctx) {
      if (cookies.get(ctx, NAME) === undefined) return null;
      const session = read(ctx);
      const user =
        session === null || session.expires < Date.now()
          ? null
          : await microblog.accounts.resumeSession({ userId: session.userId, epoch: session.epoch });
      if (user === null) clear(ctx);
      return user;
    },
    begin(ctx, user, { remember }) {
      const lifetime = remember ? 30 * DAY : DAY;
      const expiry = Math.floor((Date.now() + lifetime) / 1000);
      const value = [user.id, user.sessionEpoch, expiry, ...(remember ? ['r'] : [])].join('.');
      cookies.set(ctx, NAME, value, { signed: true, ...(remember ? { maxAge: lifetime } : {}) });
      knownBrowsers.remember(ctx, user);
      ctx.state.viewer = user;
    },
    renew(ctx, user) {
      self.begin(ctx, user, { remember: read(ctx)?.remembered ?? false });
    },
    end(ctx) {
      clear(ctx);
      ctx.state.viewer = null;
    },
  };
  return self;
}

function parse(value: string) {
  const match = /^([0-9]{1,19})\.([0-9]{1,9})\.([0-9]{1,12})(\.r)?$/.exec(value);
  if (match === null) return null;
  const [, userId = '', epoch, expires, remembered] = match;
  return {
    userId,
    epoch: Number(epoch),
    expires: Number(expires) * 1000,
    remembered: remembered !== undefined,
  };
}
