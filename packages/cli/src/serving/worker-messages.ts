import type { MetricsSnapshot } from '@microblog/host-koa/composition';

/**
 * Messages of a worker to its primary process. `node:cluster` sends other messages on the same channel; they are
 * ignored.
 */
export type FromWorker =
  /** The worker accepts connections at this address. */
  | { readonly microblog: 'ready'; readonly url: string }
  /** The worker could not start, and ends. The reason is one line. */
  | { readonly microblog: 'failed'; readonly reason: string }
  /** The worker has answered every request, accepts no more, and waits for `leave`. */
  | { readonly microblog: 'drained' }
  /** The worker asks for the metrics of all workers. */
  | { readonly microblog: 'scrape'; readonly id: number }
  /** The metrics of this worker, as an answer to `measure`. */
  | { readonly microblog: 'measured'; readonly id: number; readonly snapshot: MetricsSnapshot };

/** Messages of the primary process to a worker. */
export type FromPrimary =
  /** Stop accepting, and answer the requests that were accepted. */
  | { readonly microblog: 'stop' }
  /** Every connection for this worker has arrived: the process may end. */
  | { readonly microblog: 'leave' }
  | { readonly microblog: 'reopen-logs' }
  | { readonly microblog: 'measure'; readonly id: number }
  /** The metrics of all workers, as an answer to `scrape`. */
  | { readonly microblog: 'scraped'; readonly id: number; readonly snapshots: readonly MetricsSnapshot[] };

export function isFromWorker(message: unknown): message is FromWorker {
  return isTagged(message, ['ready', 'failed', 'drained', 'scrape', 'measured']);
}

export function isFromPrimary(message: unknown): message is FromPrimary {
  return isTagged(message, ['stop', 'leave', 'reopen-logs', 'measure', 'scraped']);
}

function isTagged(message: unknown, tags: readonly string[]): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'microblog' in message &&
    tags.includes(String(message.microblog))
  );
}
