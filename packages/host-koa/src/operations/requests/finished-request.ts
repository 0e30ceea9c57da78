/** What is known of a request when its response has ended: for the log, for metrics, for the table of routes. */
export interface FinishedRequest {
  readonly requestId: string;
  readonly method: string;
  /** The pattern of the route, such as `/posts/:id`, without the base path; null where none matched. */
  readonly route: string | null;
  /** What was answered; 499 where the client left before an answer began, which nginx calls so. */
  readonly status: number;
  /** Until the last byte was handed to the system. */
  readonly milliseconds: number;
}

/** Hears of every request, when its response has ended. */
export type RequestObserver = (request: FinishedRequest) => void;
