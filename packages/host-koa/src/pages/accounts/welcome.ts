import type { MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';

/** Welcomes a new member. The message also says if a mail to confirm the address was sent. */
export function setWelcome({ microblog, browser }: PageHost, ctx: HostContext, user: MemberAccount): void {
  const mailed = microblog.mailEnabled && user.email !== null && user.emailVerifiedAt === null;
  browser.flash.set(ctx, mailed ? 'registered_mail' : 'registered', user.nickname);
}
