import type { EventName, MicroblogEvent } from './event.ts';

/**
 * Called with an event after the change was committed. If it throws or rejects, it is called again later, so it may
 * get one event more than once. `signal` aborts after the time limit.
 */
export type EventHandler<Name extends EventName = EventName> = (
  event: MicroblogEvent<Name>,
  context: { readonly signal: AbortSignal },
) => unknown;

/** Options of one subscription. */
export interface SubscribeOptions {
  /**
   * The name that ties waiting jobs to this subscriber, across restarts and processes. Up to 30 letters, digits, `-`
   * and `_`; unique for each event. Default: a number, counted among the subscribers of the event without a name.
   */
  readonly subscriber?: string;
  /** An attempt that takes longer counts as failed. Default: 60,000. */
  readonly timeoutMilliseconds?: number;
}

// Why: docs/decisions/0013-one-job-per-subscriber.md
/** The name of the job that an event becomes for one subscriber. At most 60 characters, as `isJobName` requires. */
export function eventJobName(event: EventName, subscriber: string): string {
  return `event.${event}.${subscriber}`;
}

export function isSubscriberName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,30}$/.test(name);
}
