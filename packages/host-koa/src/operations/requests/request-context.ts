import { AsyncLocalStorage } from 'node:async_hooks';

/** The request for which the current code runs. */
export interface RequestFacts {
  readonly requestId: string;
  /** Null before a route has matched, and if none does. */
  readonly route: string | null;
}

/**
 * Lets adapters, which know nothing of HTTP, ask for which request they were called. One per application: requests
 * of one application are invisible to another in the same process.
 */
export interface RequestContext {
  /** Runs `work`, and everything that it starts, as part of the request. */
  run<Result>(request: RequestFacts, work: () => Result): Result;
  /** Null in jobs, in commands, and while the process starts. */
  current(): RequestFacts | null;
}

// Why: docs/decisions/0055-requests-and-statements.md
/** Makes a context of one application; all code that a request starts can read it. */
export function requestContext(): RequestContext {
  const storage = new AsyncLocalStorage<RequestFacts>();
  return {
    run: (request, work) => storage.run(request, work),
    current: () => storage.getStore() ?? null,
  };
}
