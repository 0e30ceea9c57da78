import { randomBytes } from 'node:crypto';
import { type Member, type Microblog, operator } from '@microblog/core';
import { z } from 'zod';
import { foldedLogin, type GuessedAccount } from '../attempts/guessed-account.ts';
import type { HostContext } from '../context.ts';
import { type CookieNeeds, signedCookie } from './signed-cookie.ts';

/**
 * Browsers in which somebody signed in to an account before (the device cookies of OWASP). Guesses from elsewhere do
 * not keep them out. The cookie opens nothing, and outlives the session: it says who was here, and no more.
 */
export interface KnownBrowsers {
  /** For a year, whoever signs in next in the same browser takes the place of `user`. */
  remember(ctx: HostContext, user: Member): void;
  /**
   * An id of the browser, where somebody signed in to this very account in it; null otherwise. It is made anew at each
   * sign-in, so that a copy of the cookie has no more attempts than one browser.
   */
  find(ctx: HostContext, account: GuessedAccount): Promise<string | null>;
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
