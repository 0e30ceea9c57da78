import type { HostContext } from '../context.ts';
import { ownCookies } from './own-cookies.ts';
import type { CookieNeeds } from './signed-cookie.ts';

/** The cookie with a message for the page after a redirect. That page removes it. */
const NAME = 'microblog_flash';

/** The messages, as keys of `flash` in the catalogue `pages`. The browser script knows `published`. */
export const flashCodes = [
  'registered',
  'registered_mail',
  'signed_in',
  'signed_out',
  'published',
  'deleted',
  'followed',
  'unfollowed',
  'saved',
  'password_changed',
  'signed_out_everywhere',
  'email_pending',
  'email_changed',
  'email_change_cancelled',
  'email_confirmed',
  'confirmation_sent',
  'account_deleted',
  'identity_joined',
  'identity_linked',
  'identity_known',
  'identity_unlinked',
] as const;

export type FlashCode = (typeof flashCodes)[number];

export interface Flash {
  /** The harmless kinds (`success`, `info`) disappear by themselves after a while. */
  readonly kind: 'success' | 'info' | 'danger';
  /** Null for a text that is not in the catalogue, such as that of an error. */
  readonly code: FlashCode | null;
  readonly text: string;
}

/** Messages for the page after a redirect. */
export interface FlashMessages {
  /** `nickname` is the person whom the message is about. */
  set(ctx: HostContext, code: FlashCode, nickname?: string): void;
  /** The message for this page, which is removed from the browser. Null if there is none. */
  take(ctx: HostContext): Flash | null;
  /** Whether the browser sent a message, which this page may show. */
  isWaiting(ctx: HostContext): boolean;
}

/** The cookie reads `<code>:<nickname>.<signature>`. The signature covers its name: no other site can set a message. */
export function flashMessages({ keys, urls }: CookieNeeds): FlashMessages {
  const cookies = ownCookies(urls);
  return {
    isWaiting: (ctx) => cookies.get(ctx, NAME) !== undefined,
    set(ctx, code, nickname = '') {
      const message = `${code}:${nickname}`;
      cookies.set(ctx, NAME, `${message}.${keys.sign(`${NAME} ${message}`)}`);
    },
    take(ctx) {
      const cookie = cookies.get(ctx, NAME);
      if (cookie === undefined || !isShown(ctx)) return null;
      cookies.clear(ctx, NAME);
      const [, message = '', signature = ''] = /^(.*)\.([\w-]+)$/.exec(cookie) ?? [];
      if (!keys.verify(`${NAME} ${message}`, signature)) return null;
      const [name, nickname = ''] = message.split(':');
      const code = flashCodes.find((known) => known === name);
      if (code === undefined) return null;
      return { kind: 'success', code, text: ctx.state.translate(`flash.${code}`, { nickname }) };
    },
  };
}

// Why: docs/decisions/0030-flash-messages.md
/**
 * True if a reader sees the page of this answer. Requests of scripts, prefetches, and an error page in the place of a
 * picture are not shown: the message waits for a page that is. Browsers send the kind of the request (Fetch Metadata),
 * but over plain HTTP only `Accept` shows that a page is wanted.
 */
function isShown(ctx: HostContext): boolean {
  if (ctx.method === 'HEAD' || ctx.get('Sec-Purpose') !== '') return false;
  const destination = ctx.get('Sec-Fetch-Dest');
  if (destination !== '') return /^(document|i?frame)$/.test(destination);
  return ctx.get('Accept').includes('text/html');
}
