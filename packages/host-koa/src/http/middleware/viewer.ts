import { type Microblog, VISIT_INTERVAL_MS } from '@microblog/core';
import type { BackgroundWork } from '../../operations/background-work.ts';
import type { HostMiddleware } from '../context.ts';
import type { SignIn } from '../sessions/sign-in.ts';

interface ViewerNeeds {
  readonly microblog: Microblog;
  readonly signIn: Pick<SignIn, 'viewers'>;
  readonly background: BackgroundWork;
}

/** Finds the member who is signed in, and records the visit after the answer was sent. */
export function viewer({ microblog, signIn, background }: ViewerNeeds): HostMiddleware {
  return async (ctx, next) => {
    const user = await signIn.viewers.resume(ctx);
    ctx.state.viewer = user;
    if (user !== null && Date.now() - (user.lastSeenAt?.getTime() ?? 0) >= VISIT_INTERVAL_MS) {
      ctx.res.once('finish', () => {
        if (!ctx.state.isVisit) return;
        background.start('mark seen', () => microblog.users.markSeen(user));
      });
    }
    await next();
  };
}
