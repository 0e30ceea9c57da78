/** Tells the time. Everything in core that needs the time asks here, so that tests can set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
