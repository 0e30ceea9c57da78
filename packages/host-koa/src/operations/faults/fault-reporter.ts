/** An error of the program, not of a user. */
export interface Fault {
  readonly error: unknown;
  /** What the program was doing, without user input: `GET /posts/:id`, `job mail.follower`, `process`. */
  readonly where: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** Receives faults in addition to the log. Returns at once and never throws. */
export interface FaultReporter {
  report(fault: Fault): void;
}

export const noFaultReporter: FaultReporter = { report: () => {} };
