import { type ErrorCode, isMicroblogError } from '@microblog/core';
import { withTimeout } from '../with-timeout.ts';

/** Why a process should get no requests. Only codes: anybody can read the answer. */
export type UnreadyReason = 'shutting_down' | 'database_timeout' | 'not_ready' | ErrorCode;

/** Whether a process should get requests. */
export interface Readiness {
  /** Null if it should. Never throws, and answers in time even if the database does not. */
  reason(): Promise<UnreadyReason | null>;
  /** From this call on, the process is not ready. */
  shutDown(): void;
}

/** How readiness is checked. */
export interface ReadinessOptions {
  /** Throws if something that every request needs is missing; the code of a `MicroblogError` becomes the reason. */
  readonly check: () => Promise<void>;
  /** How long a caller waits for the check, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Load balancers and Kubernetes usually give up after some seconds. */
const DEFAULT_TIMEOUT_MS = 2_000;

/** Concurrent callers share one check, so that health requests never overload a database in trouble. */
export function readiness({ check, timeoutMs = DEFAULT_TIMEOUT_MS }: ReadinessOptions): Readiness {
  let stopping = false;
  let running: Promise<UnreadyReason | null> | undefined;

  function shared(): Promise<UnreadyReason | null> {
    running ??= check()
      .then(() => null, reasonOf)
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    async reason() {
      if (stopping) return 'shutting_down';
      const found = await withTimeout(shared(), timeoutMs, () => 'database_timeout' as const);
      return stopping ? 'shutting_down' : found;
    },
    shutDown() {
      stopping = true;
    },
  };
}

/** For applications without a check: ready until shutdown. */
export const alwaysReady = (): Readiness => readiness({ check: async () => {} });

function reasonOf(error: unknown): UnreadyReason {
  return isMicroblogError(error) ? (error.code as ErrorCode) : 'not_ready';
}
