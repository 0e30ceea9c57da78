import { AsyncLocalStorage } from 'node:async_hooks';

/** The request on whose behalf code runs. */
export interface RequestFacts {
  readonly requestId: string;
  /** Null before a route has matched, and where none does. */
  readonly route: string | null;
}

/**
 * Tells adapters, which know nothing of HTTP, on whose behalf they were called. One for each application:
 * what one of them runs is nothing to another in the same process.
 */
export interface RequestContext {
  /** Runs `work`, and whatever it starts, as part of the request. */
  run<Result>(request: RequestFacts, work: () => Result): Result;
  /** Null in jobs, in commands, and while the process starts. */
  current(): RequestFacts | null;
}

// Why: docs/decisions/0055-requests-and-statements.md
/** Knows, anywhere below a request, which request that is. One for each application. */
export function requestContext(): RequestContext {
  const storage = new AsyncLocalStorage<RequestFacts>();
  return {
    run: (request, work) => storage.run(request, work),
    current: () => storage.getStore() ?? null,
  };
}
