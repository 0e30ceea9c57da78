import type { IndexChange } from './index-change.ts';
import type { SqliteFailure } from './sqlite.ts';

/** How long a write waits for a write of another process. */
export const LOCK_TIMEOUT_MS = 5_000;

/** Asks the write thread for a change. */
export interface WriteRequest {
  readonly id: number;
  readonly path: string;
  /** The file that the caller has opened. The thread writes to no other. */
  readonly inode: bigint;
  readonly change: IndexChange;
}

/** The answer of the write thread: `failure` is null when the change is stored. */
export interface WriteAnswer {
  readonly id: number;
  readonly failure: SqliteFailure | null;
}
