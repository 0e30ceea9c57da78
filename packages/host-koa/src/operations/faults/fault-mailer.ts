import type { Clock, Logger, Mailer } from '@microblog/core';
import { backgroundWork } from '../background-work.ts';
import type { Scrub } from '../logging/scrub.ts';
import { faultKind } from './fault-kind.ts';
import { faultMail, type UnmailedFaults } from './fault-mail.ts';
import { type Fault, type FaultReporter, noFaultReporter } from './fault-reporter.ts';

export interface FaultMailerOptions {
  readonly mailer: Mailer;
  readonly admins: readonly string[];
  /** Host name of the site. */
  readonly site: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly scrub: Scrub;
}

export interface FaultMailer extends FaultReporter {
  /** Mails the counts of kinds whose window has ended. A timer calls it every half minute while there are any. */
  sweep(): void;
  /** Resolves when all mails in progress have ended, or after `withinMilliseconds`. Never rejects. */
  settled(withinMilliseconds: number): Promise<void>;
  /** Sends no more mails, logs the counts not yet mailed, and waits as `settled`. May be called twice. */
  close(withinMilliseconds: number): Promise<void>;
}

/** At most one mail about a kind of fault in this time. */
export const WINDOW_MS = 10 * 60_000;
/** Number of kinds that are counted separately; all further kinds share one count. */
export const MAX_KINDS = 50;
const SWEEP_MS = 30_000;

interface Window {
  title: string;
  /** No further mail before this time. */
  end: number;
  /** Faults that no mail has reported yet. */
  unmailed: UnmailedFaults | null;
  mailing: boolean;
}

/**
 * Mails faults to administrators: the first of a kind at once; after that, at most once in ten minutes, how often it
 * happened since. If a mail fails, the failure is logged, and the next mail includes its faults. Memory is bounded.
 * Every process counts separately.
 */
export function faultMailer(options: FaultMailerOptions): FaultMailer {
  const { mailer, admins, site, clock, logger, scrub } = options;
  const windows = new Map<string, Window>();
  const background = backgroundWork(logger);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function windowOf(fault: Fault): Window {
    const kind = faultKind(fault.error);
    const { title, key } =
      windows.has(kind.key) || windows.size < MAX_KINDS
        ? kind
        : { title: 'further kinds of faults', key: '' };
    const known = windows.get(key);
    if (known !== undefined) return known;
    const opened: Window = { title, end: 0, unmailed: null, mailing: false };
    windows.set(key, opened);
    timer ??= setInterval(sweep, SWEEP_MS).unref();
    return opened;
  }

  function mail(window: Window): void {
    const unmailed = window.unmailed;
    if (unmailed === null || window.mailing) return;
    window.end = clock.now().getTime() + WINDOW_MS;
    window.unmailed = null;
    window.mailing = true;
    background.start('mail about a fault', async () => {
      try {
        await mailer.send(
          faultMail(unmailed, { to: admins, site, scrub, windowMinutes: WINDOW_MS / 60_000 }),
        );
      } catch (error) {
        window.unmailed = merged(unmailed, window.unmailed);
        throw error;
      } finally {
        window.mailing = false;
      }
    });
  }

  function sweep(): void {
    const now = clock.now().getTime();
    for (const [key, window] of windows) {
      if (window.end > now || window.mailing) continue;
      if (window.unmailed === null) windows.delete(key);
      else mail(window);
    }
    if (windows.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  async function settled(withinMilliseconds: number): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    const expired = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, withinMilliseconds);
    });
    await Promise.race([background.settled(), expired]);
    clearTimeout(limit);
  }

  return {
    report(fault) {
      if (closed) return;
      const at = clock.now();
      const window = windowOf(fault);
      const { title } = window;
      window.unmailed = merged(window.unmailed, { title, count: 1, fault, at, since: at });
      if (window.end <= at.getTime()) mail(window);
    },
    sweep,
    settled,
    async close(withinMilliseconds) {
      closed = true;
      clearInterval(timer);
      await settled(withinMilliseconds);
      for (const { unmailed } of windows.values()) {
        if (unmailed !== null)
          logger.warn({ fault: unmailed.title, count: unmailed.count }, 'faults not mailed');
      }
      windows.clear();
    },
  };
}

/** For sites without administrators' addresses or without a mail server. */
export const noFaultMailer: FaultMailer = {
  ...noFaultReporter,
  sweep: () => {},
  settled: async () => {},
  close: async () => {},
};

function merged(earlier: UnmailedFaults | null, later: UnmailedFaults | null): UnmailedFaults | null {
  if (earlier === null || later === null) return earlier ?? later;
  return { ...later, count: earlier.count + later.count, since: earlier.since };
}
