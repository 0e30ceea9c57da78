/** Facts about a request whose response has ended: for the log, for metrics, for the table of routes. */
export interface FinishedRequest {
  readonly requestId: string;
  readonly method: string;
  /** The pattern of the route, such as `/posts/:id`, without the base path; null if none matched. */
  readonly route: string | null;
  /** The status of the response; 499, as in nginx, if the client left before the response began. */
  readonly status: number;
  /** Until the last byte was handed to the operating system. */
  readonly milliseconds: number;
}

/** Called for every request when its response has ended. */
export type RequestObserver = (request: FinishedRequest) => void;
