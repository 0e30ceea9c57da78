import { isMicroblogError, type Logger, type MemberAccount, type Microblog, operator } from '@microblog/core';
import { fieldsOf } from '../../host-errors.ts';
import type { Urls } from '../../site/urls.ts';
import type { HostContext } from '../context.ts';
import { type Authenticate, askHost, notAProfile } from './authenticate.ts';

/** Sign-in that the host application owns: it knows who is signed in, and where that is done. */
export interface HostUsers {
  /**
   * Who sent the request, or null; their account is made at first sight, and changed where the host says
   * something new. Otherwise it is one read. Somebody suspended is a visitor, who is told so (`ctx.state.suspended`)
   * instead of being asked to sign in.
   * @throws {MicroblogError} `authenticate_failed`.
   */
  resume(ctx: HostContext): Promise<MemberAccount | null>;
}

export interface HostUsersNeeds {
  readonly microblog: Pick<Microblog, 'users'>;
  readonly logger: Logger;
  readonly urls: Urls;
  readonly authenticate: Authenticate;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What is told once is remembered for so many origins: they come from outside. */
const MAX_REMEMBERED = 100;

export function hostUsers(needs: HostUsersNeeds): HostUsers {
  const { microblog, logger, urls, authenticate, timeout } = needs;
  const toldOf = new Set<string>();

  /** Pictures from an origin that is not allowed are replaced without a word on any page: the log has it, once. */
  function tellOfPicture({ avatarUrl }: MemberAccount): void {
    if (avatarUrl === null || urls.showsAvatar(avatarUrl)) return;
    const { origin } = new URL(avatarUrl);
    if (toldOf.has(origin) || toldOf.size >= MAX_REMEMBERED) return;
    toldOf.add(origin);
    logger.warn(
      { origin },
      'pictures of this origin are not shown: add it to avatarOrigins of createKoaApp to show them',
    );
  }

  return {
    async resume(ctx) {
      const profile = await askHost(authenticate, ctx, timeout);
      if (profile === null) return null;
      try {
        const { user, outcome } = await microblog.users.provision(operator, profile);
        if (outcome !== 'unchanged') tellOfPicture(user);
        ctx.state.suspended = user.suspendedAt !== null;
        return ctx.state.suspended ? null : user;
      } catch (error) {
        if (!isMicroblogError(error, 'invalid_input')) throw error;
        const faults = fieldsOf(error).map(({ field, problem }) => `${field}: ${problem}`);
        throw notAProfile(faults.join(', '), error);
      }
    },
  };
}
