import { isMicroblogError, type MicroblogError } from '@microblog/core';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type HostErrorCode, hostError } from '../../host-errors.ts';
import type { HostContext } from '../context.ts';
import type { KnownBrowsers } from '../sessions/known-browsers.ts';
import { type GuessedAccount, keyOfGuessed } from './guessed-account.ts';

/** How often somebody may guess. Counted in the memory of the process: of several, each counts its own. */
export interface AttemptLimits {
  /**
   * Runs `attempt`, unless too many before it failed: for `account` from this address, from this address for any
   * account, or for `account` from all addresses together. A browser in which somebody signed in to it before is
   * counted on its own instead of with all addresses. A success clears what was counted for the account at this address.
   * @throws {MicroblogError} `too_many_attempts`, with the header `Retry-After`; what `attempt` throws.
   */
  guard<Result>(ctx: HostContext, account: GuessedAccount, attempt: () => Promise<Result>): Promise<Result>;
  /** Counts an answer that somebody brings from a provider, each of which asks that provider. @throws `too_many_attempts`. */
  countProviderAnswer(ctx: HostContext): Promise<void>;
  /** Counts a registration, whatever comes of it: most mail somebody, and tell who has an account. @throws `too_many_attempts`. */
  countRegistration(ctx: HostContext): Promise<void>;
  /** Counts a request that mails somebody, or would where mail is on, whatever comes of it. @throws `too_many_attempts`. */
  countMail(ctx: HostContext): Promise<void>;
  /** Counts a post that a member has translated, where an engine is asked for it. @throws `too_many_translations`. */
  countTranslation(ctx: HostContext): Promise<void>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

// Why: docs/decisions/0017-attempts-from-many-addresses.md
/**
 * Ten wrong passwords in a quarter of an hour leave everybody time for typing errors. Of one address, which an office
 * may share, three hundred in an hour.
 *
 * From all addresses together, an account has to bear no more than a hundred failures (NIST SP 800-63B, section 5.2.2),
 * here in an hour. A password can be tried under three names: nickname, address and, by who is signed in, the account
 * itself. Counted together, they would tell strangers whose address is whose, so each has a third of the hundred, and
 * whether anybody has that name is not even asked.
 */
export function attemptLimits(knownBrowsers: KnownBrowsers): AttemptLimits {
  const ofAccountAtAddress = new RateLimiterMemory({ points: 10, duration: 15 * MINUTE });
  const ofAddress = new RateLimiterMemory({ points: 300, duration: HOUR });
  const ofAccount = new RateLimiterMemory({ points: 33, duration: HOUR });
  const providerAnswers = new RateLimiterMemory({ points: 100, duration: 15 * MINUTE });
  // A class that registers together comes from one address, and everybody mistypes something once.
  const registrations = new RateLimiterMemory({ points: 60, duration: HOUR });
  const mails = new RateLimiterMemory({ points: 20, duration: HOUR });
  const translations = new RateLimiterMemory({ points: 60, duration: HOUR });
  // More accounts are no way around: an office seldom wants more, what it wants twice being kept.
  const translationsOfAddress = new RateLimiterMemory({ points: 300, duration: HOUR });

  /** Counted before the attempt and given back after it: many at once are no way around. */
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
    async guard(ctx, guessed, attempt) {
      const address = addressOf(ctx);
      const account = keyOfGuessed(guessed);
      const browser = await knownBrowsers.find(ctx, guessed);
      const counted: [RateLimiterMemory, string][] = [
        // The address first: where that is refused, nothing is kept of the accounts that it goes on to name.
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
        if (!isWrongGuess(error)) await giveAllBack();
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

/** A key of which nothing is counted any more is forgotten: anybody can name any number of them. */
async function giveBack(limiter: RateLimiterMemory, key: string): Promise<void> {
  const { consumedPoints } = await limiter.reward(key);
  if (consumedPoints <= 0) await limiter.delete(key);
}

/** No limits at all, where somebody else sees to them. */
export const noAttemptLimits: AttemptLimits = {
  guard: (_ctx, _account, attempt) => attempt(),
  countProviderAnswer: async () => {},
  countRegistration: async () => {},
  countMail: async () => {},
  countTranslation: async () => {},
};

function isWrongGuess(error: unknown): boolean {
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
  return hostError(code, 'Somebody does this too often.');
}
