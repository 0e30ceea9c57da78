/** The current time. All code in core asks a `Clock`, so that tests can set the time. */
export interface Clock {
  now(): Date;
}

/** The time of this machine. */
export const systemClock: Clock = { now: () => new Date() };
