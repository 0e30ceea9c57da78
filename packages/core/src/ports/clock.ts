/** Tells the time. Everything in core that needs the time asks here, so that tests can set it. */
export interface Clock {
  now(): Date;
}

/** The time of this machine. */
export const systemClock: Clock = { now: () => new Date() };
