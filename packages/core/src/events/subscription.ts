import type { EventName, MicroblogEvent } from './event.ts';

/**
 * Told of an event after the change was committed. Throwing, or a promise that rejects, asks for another
 * attempt; so it may be told of one event more than once. `signal` aborts when its time is up.
 */
export type EventHandler<Name extends EventName = EventName> = (
  event: MicroblogEvent<Name>,
  context: { readonly signal: AbortSignal },
) => unknown;

/** Who subscribes, and to what end. */
export interface SubscribeOptions {
  /**
   * By what its events are found again after a restart and in other processes: letters, digits, `-` and `_`, up
   * to 30, once an event. Without it, a number: its place among those of that event that have no name.
   */
  readonly subscriber?: string;
  /** How long one attempt may take before it counts as failed: 60,000 unless told. */
  readonly timeoutMilliseconds?: number;
}

// Why: docs/decisions/0013-one-job-per-subscriber.md
/** The job that an event becomes, one for each subscriber. Within the 60 characters of `isJobName`. */
export function eventJobName(event: EventName, subscriber: string): string {
  return `event.${event}.${subscriber}`;
}

export function isSubscriberName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,30}$/.test(name);
}
