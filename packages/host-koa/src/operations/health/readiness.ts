import { type ErrorCode, isMicroblogError } from '@microblog/core';
import { withinTime } from '../within-time.ts';

/** Why a process should get no requests. Codes alone: who asks may be anybody. */
export type UnreadyReason = 'shutting_down' | 'database_timeout' | 'not_ready' | ErrorCode;

/** Whether a process should get requests. */
export interface Readiness {
  /** Null where it should. Never throws, and answers in time even where the database does not. */
  reason(): Promise<UnreadyReason | null>;
  /** From now on, it should not. */
  shutDown(): void;
}

/** How readiness is found out. */
export interface ReadinessOptions {
  /** Throws where something that every request needs is missing; a `MicroblogError` names it by its code. */
  readonly check: () => Promise<void>;
  /** How long a caller waits for the check, in milliseconds. */
  readonly patience?: number;
}

/** Those who ask, such as load balancers and Kubernetes, mostly give up after some seconds. */
const PATIENCE = 2_000;

/** However many ask at once, one check runs, so that asking never wears down a database in need. */
export function readiness({ check, patience = PATIENCE }: ReadinessOptions): Readiness {
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
      const found = await withinTime(shared(), patience, () => 'database_timeout' as const);
      return stopping ? 'shutting_down' : found;
    },
    shutDown() {
      stopping = true;
    },
  };
}

/** Nothing to ask for: ready until it shuts down. */
export const alwaysReady = (): Readiness => readiness({ check: async () => {} });

function reasonOf(error: unknown): UnreadyReason {
  return isMicroblogError(error) ? (error.code as ErrorCode) : 'not_ready';
}
