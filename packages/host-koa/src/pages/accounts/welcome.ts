import type { User } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Host } from '../../http/host.ts';
import { setFlash } from '../../http/sessions/flash.ts';

/** Welcomes whoever has just got an account, and says where a mail to confirm the address is on its way. */
export function setWelcome(host: Host, ctx: HostContext, user: User): void {
  const mailed = host.microblog.mailEnabled && user.email !== null && user.emailVerifiedAt === null;
  setFlash(host, ctx, mailed ? 'registered_mail' : 'registered', user.nickname);
}
