import { randomBytes } from 'node:crypto';
import { type Member, type Microblog, operator } from '@microblog/core';
import { z } from 'zod';
import { type AttemptTarget, foldedLogin } from '../attempts/attempt-target.ts';
import type { HostContext } from '../context.ts';
import { type CookieNeeds, signedCookie } from './signed-cookie.ts';

/**
 * Browsers that signed in to an account before (the device cookies of OWASP). Wrong passwords from other browsers do
 * not lock them out. The cookie gives no access, and outlives the session: it only says which account was used.
 */
export interface KnownBrowsers {
  /** Remembers `user` for a year. The next sign-in in the same browser replaces `user`. */
  remember(ctx: HostContext, user: Member): void;
  /**
   * An id of the browser if it signed in to this account before, else null. Each sign-in makes a new id, so that copies
   * of a cookie share the attempts of one browser.
   */
  find(ctx: HostContext, account: AttemptTarget): Promise<string | null>;
  forget(ctx: HostContext): void;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

export interface KnownBrowsersNeeds extends CookieNeeds {
  readonly microblog: Microblog;
}

export function knownBrowsers({ microblog, ...needs }: KnownBrowsersNeeds): KnownBrowsers {
  const cookie = signedCookie(needs, {
    name: 'microblog_known',
    lifetime: YEAR,
    schema: z.object({ user: z.string(), browser: z.string() }),
  });

  async function isLoginOf(userId: string, login: string): Promise<boolean> {
    const user = await microblog.accounts.find(operator, userId);
    return [user?.nickname, user?.email].some((name) => name?.toLowerCase() === foldedLogin(login));
  }

  return {
    remember(ctx, { id }) {
      cookie.set(ctx, { user: id, browser: randomBytes(12).toString('base64url') });
    },
    async find(ctx, account) {
      const known = cookie.read(ctx);
      if (known === null) return null;
      const isSame =
        'login' in account ? await isLoginOf(known.user, account.login) : account.member?.id === known.user;
      return isSame ? known.browser : null;
    },
    forget(ctx) {
      cookie.clear(ctx);
    },
  };
}
