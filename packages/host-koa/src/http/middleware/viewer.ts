import { VISIT_INTERVAL_MS } from '@microblog/core';
import type { HostMiddleware } from '../context.ts';
import type { Host } from '../host.ts';

/** Finds out who is signed in, and notes their visit once the answer is on its way. */
export function viewer(
  host: Pick<Host, 'sessions' | 'hostUsers' | 'microblog' | 'background'>,
): HostMiddleware {
  return async (ctx, next) => {
    const user = await (host.hostUsers ?? host.sessions).resume(ctx);
    ctx.state.viewer = user;
    if (user !== null && Date.now() - (user.lastSeenAt?.getTime() ?? 0) >= VISIT_INTERVAL_MS) {
      ctx.res.once('finish', () => {
        if (!ctx.state.isVisit) return;
        host.background.start('mark seen', () => host.microblog.users.markSeen(user));
      });
    }
    await next();
  };
}
