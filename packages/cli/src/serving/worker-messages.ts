import type { MetricsSnapshot } from '@microblog/host-koa/composition';

/**
 * What the primary process and its workers say to each other, beside what `node:cluster` says for itself.
 * Messages of any other form belong to somebody else and are left alone.
 */
export type FromWorker =
  /** Accepts connections at this address. */
  | { readonly microblog: 'ready'; readonly url: string }
  /** Could not start, and ends; why, in one line. */
  | { readonly microblog: 'failed'; readonly reason: string }
  /** Has answered everything and takes nothing more; waits for `leave`. */
  | { readonly microblog: 'drained' }
  /** Wants to know what all workers have measured. */
  | { readonly microblog: 'scrape'; readonly id: number }
  /** What it has measured itself, as an answer to `measure`. */
  | { readonly microblog: 'measured'; readonly id: number; readonly snapshot: MetricsSnapshot };

export type FromPrimary =
  /** Stop accepting and answer what was accepted. */
  | { readonly microblog: 'stop' }
  /** Every connection that was on its way has arrived: the process may end. */
  | { readonly microblog: 'leave' }
  | { readonly microblog: 'reopen-logs' }
  | { readonly microblog: 'measure'; readonly id: number }
  /** What all workers have measured, as an answer to `scrape`. */
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
