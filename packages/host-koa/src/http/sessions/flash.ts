import type { HostContext } from '../context.ts';
import type { Host } from '../host.ts';

/** A message for the page after a redirect, in a cookie that the page takes away. */
const NAME = 'microblog_flash';

/** What a message can be about, as a key of `flash` in the catalogue `pages`. The browser script knows `published`. */
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
  /** Harmless ones (`success`, `info`) leave by themselves after a while. */
  readonly kind: 'success' | 'info' | 'danger';
  /** Null for a text that is in no catalogue, such as an error's. */
  readonly code: FlashCode | null;
  readonly text: string;
}

type FlashHost = Pick<Host, 'keys' | 'urls'>;

/** The cookie reads `<code>:<nickname>.<signature>`, signed under its name, so that nobody else puts words here. */
export function setFlash({ keys, urls }: FlashHost, ctx: HostContext, code: FlashCode, nickname = ''): void {
  const message = `${code}:${nickname}`;
  ctx.cookies.set(NAME, `${message}.${keys.sign(`${NAME} ${message}`)}`, {
    path: urls.cookiePath,
    signed: false,
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
  });
}

/** The message that was left for this page, or null. It is gone afterwards. */
export function takeFlash({ keys, urls }: FlashHost, ctx: HostContext): Flash | null {
  const cookie = ctx.cookies.get(NAME, { signed: false });
  if (cookie === undefined || !isShown(ctx)) return null;
  ctx.cookies.set(NAME, null, { path: urls.cookiePath, signed: false });
  const [, message = '', signature = ''] = /^(.*)\.([\w-]+)$/.exec(cookie) ?? [];
  if (!keys.verify(`${NAME} ${message}`, signature)) return null;
  const [name, nickname = ''] = message.split(':');
  const code = flashCodes.find((known) => known === name);
  if (code === undefined) return null;
  return { kind: 'success', code, text: ctx.state.translate(`flash.${code}`, { nickname }) };
}

// Why: docs/decisions/0030-flash-messages.md
/**
 * Whether somebody gets to see the page of this answer. What a script fetches, what is fetched ahead, and the page
 * of an error in the place of a picture are not shown: the message waits for one that is. Browsers say what they
 * ask for (Fetch Metadata), but over plain HTTP only that pages are HTML.
 */
function isShown(ctx: HostContext): boolean {
  if (ctx.method === 'HEAD' || ctx.get('Sec-Purpose') !== '') return false;
  const destination = ctx.get('Sec-Fetch-Dest');
  if (destination !== '') return /^(document|i?frame)$/.test(destination);
  return ctx.get('Accept').includes('text/html');
}
