/** Something that the program, and nobody who uses it, did wrong. */
export interface Fault {
  readonly error: unknown;
  /** What was going on, without anything that people wrote: `GET /posts/:id`, `job mail.follower`, `process`. */
  readonly where: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** Hears of faults, beside the log. Returns at once and never throws. */
export interface FaultReporter {
  report(fault: Fault): void;
}

export const noFaultReporter: FaultReporter = { report: () => {} };
