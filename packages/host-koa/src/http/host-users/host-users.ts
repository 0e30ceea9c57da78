import { isMicroblogError, type Logger, type MemberAccount, type Microblog, operator } from '@microblog/core';
import { fieldsOf } from '../../host-errors.ts';
import type { Urls } from '../../site/urls.ts';
import type { HostContext } from '../context.ts';
import { type Authenticate, askHost, notAProfile } from './authenticate.ts';

/** Sign-in by the host application. */
export interface HostUsers {
  /**
   * Returns the sender of the request, or null for a visitor. The first request creates the account; later ones update
   * it if the host's claims changed, and otherwise cost one read. A suspended member is a visitor, and
   * `ctx.state.suspended` is set, so that pages say so instead of asking to sign in.
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

/** The most origins that are remembered as logged. They come from outside, so their number needs a limit. */
const MAX_REMEMBERED = 100;

export function hostUsers(needs: HostUsersNeeds): HostUsers {
  const { microblog, logger, urls, authenticate, timeout } = needs;
  const logged = new Set<string>();

  /** Logs each refused origin of pictures once, because no page shows that a picture was replaced. */
  function logRefusedPicture({ avatarUrl }: MemberAccount): void {
    if (avatarUrl === null || urls.showsAvatar(avatarUrl)) return;
    const { origin } = new URL(avatarUrl);
    if (logged.has(origin) || logged.size >= MAX_REMEMBERED) return;
    logged.add(origin);
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
        if (outcome !== 'unchanged') logRefusedPicture(user);
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
