import { MicroblogError } from '@microblog/core';
import type { HostMiddleware } from '../context.ts';

/** Lets nobody but members by, where visitors see nothing (`REQUIRE_LOGIN`). */
export function membersOnly(required: boolean): HostMiddleware {
  return async (ctx, next) => {
    if (required && ctx.state.viewer === null) {
      throw new MicroblogError('sign_in_required', 'This place shows its pages to members only.');
    }
    await next();
  };
}
