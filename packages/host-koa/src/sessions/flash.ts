import type { HostContext } from '../context.ts';
import type { Host } from '../host.ts';
import type { Flash, FlashCode } from '../views/page-state.ts';

/** A message for the page after a redirect, in a cookie that the page takes away. */
const NAME = 'microblog_flash';

/** What a message can be about. */
export const flashCodes: readonly FlashCode[] = [
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
];

type FlashHost = Pick<Host, 'urls'>;

export function setFlash({ urls }: FlashHost, ctx: HostContext, code: FlashCode, nickname = ''): void {
  ctx.cookies.set(NAME, `${code}:${nickname}`, {
    path: urls.cookiePath,
    signed: false,
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
  });
}

/** The message that was left for this page, or null. It is gone afterwards. */
export function takeFlash({ urls }: FlashHost, ctx: HostContext): Flash | null {
  const [name, nickname = ''] = ctx.cookies.get(NAME, { signed: false })?.split(':', 2) ?? [];
  if (name === undefined) return null;
  ctx.cookies.set(NAME, null, { path: urls.cookiePath, signed: false });
  const code = flashCodes.find((known) => known === name);
  if (code === undefined || !/^[\w.]{0,64}$/.test(nickname)) return null;
  return { kind: 'success', code, text: ctx.state.translate(`flash.${code}`, { nickname }) };
}
