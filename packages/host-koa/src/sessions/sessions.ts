import type { User } from '@microblog/core';
import type { HostContext } from '../context.ts';
import type { Host } from '../host.ts';

/** Signed cookies that say who is signed in. */
export interface Sessions {
  /** Who is signed in, or null. A cookie that is forged, out of date or somebody's no longer is cleared. */
  resume(ctx: HostContext): Promise<User | null>;
  /** Signs `user` in. Remembered for 30 days, or until the browser is closed, for a day at most. */
  begin(ctx: HostContext, user: User, options: { readonly remember: boolean }): void;
  end(ctx: HostContext): void;
}

const NAME = 'microblog_session';
const DAY = 24 * 60 * 60 * 1000;

/** The cookie reads `<user id>.<session epoch>.<expiry in seconds>`, signed by the application's keys. */
export function sessions({ microblog, keys, urls }: Pick<Host, 'microblog' | 'keys' | 'urls'>): Sessions {
  const path = urls.cookiePath;
  const clear = (ctx: HostContext) => {
    ctx.cookies.set(NAME, null, { path, signed: true });
  };
  // `cookies` would verify too, but answers an older key with a signature for the whole site, and for less long.
  const isSigned = (ctx: HostContext, value: string) =>
    keys.verify(`${NAME}=${value}`, ctx.cookies.get(`${NAME}.sig`, { signed: false }) ?? '');
  return {
    async resume(ctx) {
      const value = ctx.cookies.get(NAME, { signed: false });
      if (value === undefined) return null;
      const session = isSigned(ctx, value) ? parse(value) : null;
      const user =
        session === null || session.expires < Date.now()
          ? null
          : await microblog.accounts.resumeSession({ userId: session.userId, epoch: session.epoch });
      if (user === null) clear(ctx);
      return user;
    },
    begin(ctx, user, { remember }) {
      const lifetime = remember ? 30 * DAY : DAY;
      const value = [user.id, user.sessionEpoch, Math.floor((Date.now() + lifetime) / 1000)].join('.');
      ctx.cookies.set(NAME, value, {
        path,
        signed: true,
        httpOnly: true,
        sameSite: 'lax',
        secure: ctx.secure,
        ...(remember ? { maxAge: lifetime } : {}),
      });
      ctx.state.viewer = user;
    },
    end(ctx) {
      clear(ctx);
      ctx.state.viewer = null;
    },
  };
}

function parse(value: string) {
  const match = /^([0-9]{1,19})\.([0-9]{1,9})\.([0-9]{1,12})$/.exec(value);
  if (match === null) return null;
  const [, userId = '', epoch, expires] = match;
  return { userId, epoch: Number(epoch), expires: Number(expires) * 1000 };
}
