import { isMicroblogError, type MicroblogError } from '@microblog/core';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type HostErrorCode, hostError } from '../../host-errors.ts';
import type { HostContext } from '../context.ts';
import type { KnownBrowsers } from '../sessions/known-browsers.ts';
import { type AttemptTarget, attemptKey } from './attempt-target.ts';

/** Limits on repeated attempts. Counts are in the memory of the process: each of several processes has its own. */
export interface AttemptLimits {
  /**
   * Runs `attempt`, unless too many attempts failed before. Failures are counted for `target` from this address, for
   * this address, and for `target` from all addresses. A browser that signed in to the account before is counted by
   * itself instead of with all addresses. A success clears the count of the account at this address.
   * @throws {MicroblogError} `too_many_attempts`, with the header `Retry-After`; what `attempt` throws.
   */
  guard<Result>(ctx: HostContext, target: AttemptTarget, attempt: () => Promise<Result>): Promise<Result>;
  /**
   * Counts a browser that returns from a provider: each return makes a request to the provider.
   * @throws `too_many_attempts`.
   */
  countProviderAnswer(ctx: HostContext): Promise<void>;
  /**
   * Counts a registration, accepted or not: most send a mail, and show who has an account.
   * @throws `too_many_attempts`.
   */
  countRegistration(ctx: HostContext): Promise<void>;
  /** Counts a request that sends a mail, even if mail is off or the request fails. @throws `too_many_attempts`. */
  countMail(ctx: HostContext): Promise<void>;
  /** Counts a translation for which an engine is called. @throws `too_many_translations`. */
  countTranslation(ctx: HostContext): Promise<void>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

// Why: docs/decisions/0017-attempts-from-many-addresses.md
/**
 * Ten wrong passwords in a quarter of an hour leave room for typing errors. One address, which an office may share, may
 * fail three hundred times in an hour.
 *
 * NIST SP 800-63B (section 5.2.2) allows an account a hundred failures from all addresses together; here, in an hour.
 * A password can be tried under three names: the nickname, the e-mail address and, if signed in, the account itself.
 * One common count would show strangers which address belongs to which nickname. So each name has a third of the
 * hundred, whether or not an account has that name.
 */
export function attemptLimits(knownBrowsers: KnownBrowsers): AttemptLimits {
  const ofAccountAtAddress = new RateLimiterMemory({ points: 10, duration: 15 * MINUTE });
  const ofAddress = new RateLimiterMemory({ points: 300, duration: HOUR });
  const ofAccount = new RateLimiterMemory({ points: 33, duration: HOUR });
  const providerAnswers = new RateLimiterMemory({ points: 100, duration: 15 * MINUTE });
  // A school class may register together from one address, and each may make one mistake.
  const registrations = new RateLimiterMemory({ points: 60, duration: HOUR });
  const mails = new RateLimiterMemory({ points: 20, duration: HOUR });
  const translations = new RateLimiterMemory({ points: 60, duration: HOUR });
  // More accounts at one address do not raise this limit. An office seldom needs more: translations are stored.
  const translationsOfAddress = new RateLimiterMemory({ points: 300, duration: HOUR });

  /** Counts before the attempt and gives back after it, so that simultaneous attempts can't pass the limit. */
  async function take(
    ctx: HostContext,
    limiter: RateLimiterMemory,
    key: string,
    code: TooMany = 'too_many_attempts',
  ): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      throw tooMany(ctx, (refused as RateLimiterRes).msBeforeNext, code);
    }
  }

  return {
    async guard(ctx, target, attempt) {
      const address = addressOf(ctx);
      const account = attemptKey(target);
      const browser = await knownBrowsers.find(ctx, target);
      const counted: [RateLimiterMemory, string][] = [
        // The address first: if it is refused, nothing is stored for the accounts that it names.
        [ofAddress, address],
        [ofAccountAtAddress, `${account} ${address}`],
        [ofAccount, browser === null ? account : `browser ${browser}`],
      ];
      const taken: typeof counted = [];
      const giveAllBack = () => Promise.all(taken.map(([limiter, key]) => giveBack(limiter, key)));
      for (const [limiter, key] of counted) {
        try {
          await take(ctx, limiter, key);
        } catch (refused) {
          await giveAllBack();
          throw refused;
        }
        taken.push([limiter, key]);
      }
      try {
        const result = await attempt();
        await giveAllBack();
        await ofAccountAtAddress.delete(`${account} ${address}`);
        return result;
      } catch (error) {
        if (!isWrongPassword(error)) await giveAllBack();
        throw error;
      }
    },

    async countProviderAnswer(ctx) {
      await take(ctx, providerAnswers, addressOf(ctx));
    },

    async countRegistration(ctx) {
      await take(ctx, registrations, addressOf(ctx));
    },

    async countMail(ctx) {
      await take(ctx, mails, addressOf(ctx));
    },

    async countTranslation(ctx) {
      const member = ctx.state.viewer?.id;
      if (member !== undefined) await take(ctx, translations, member, 'too_many_translations');
      await take(ctx, translationsOfAddress, addressOf(ctx), 'too_many_translations');
    },
  };
}

/** Removes a key whose count is zero: requests can name any number of keys. */
async function giveBack(limiter: RateLimiterMemory, key: string): Promise<void> {
  const { consumedPoints } = await limiter.reward(key);
  if (consumedPoints <= 0) await limiter.delete(key);
}

/** No limits, if the host application limits attempts itself. */
export const noAttemptLimits: AttemptLimits = {
  guard: (_ctx, _account, attempt) => attempt(),
  countProviderAnswer: async () => {},
  countRegistration: async () => {},
  countMail: async () => {},
  countTranslation: async () => {},
};

function isWrongPassword(error: unknown): boolean {
  if (!isMicroblogError(error)) return false;
  return (
    error.code === 'sign_in_failed' ||
    (error.details.fields ?? []).some(({ problem }) => problem === 'wrong_password')
  );
}

/** An IPv6 client has 64 bits of addresses of its own (RFC 6177). */
function addressOf({ ip }: HostContext): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail] = ip.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? 0 : tail.split(':').length;
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? '').split(':')]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

type TooMany = Extract<HostErrorCode, `too_many_${string}`>;

function tooMany(ctx: HostContext, milliseconds: number, code: TooMany): MicroblogError<string> {
  ctx.set('Retry-After', String(Math.max(1, Math.ceil(milliseconds / 1000))));
  return hostError(code, 'Too many attempts. Try again later.');
}
