import assert from 'node:assert/strict';
import { type ErrorCode, isMicroblogError, type MicroblogError } from '../../kernel/errors.ts';
import type { Storage } from '../../ports/storage.ts';

/** Opens a fresh, empty storage for one case. Whoever runs the case closes it afterwards. */
export type OpenStorage = () => Promise<Storage>;

/** One behaviour that every storage has. It passes when `run` resolves; it needs no test framework. */
export interface StorageContractCase {
  readonly name: string;
  /** Only for storages whose transactions commit by themselves: not for one inside a lent transaction. */
  readonly ownCommits: boolean;
  run(open: OpenStorage): Promise<void>;
}

/** Cases of one area; the area becomes the beginning of their names. */
export function casesOf(
  area: string,
  cases: Readonly<Record<string, (storage: Storage) => Promise<void>>>,
  { ownCommits = false } = {},
): StorageContractCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name: `${area}: ${name}`,
    ownCommits,
    run: async (open) => run(await open()),
  }));
}

/** Waits for `promise` to reject with a `MicroblogError` of that code, and returns the error. */
export async function rejectsWith(promise: Promise<unknown>, code: ErrorCode): Promise<MicroblogError> {
  const [outcome] = await Promise.allSettled([promise]);
  assert.equal(outcome.status, 'rejected', `expected ${code}, but the call succeeded`);
  const error: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
  assert.ok(isMicroblogError(error, code), `expected ${code}, got ${describe(error)}`);
  return error;
}

function describe(error: unknown): string {
  return isMicroblogError(error) ? `${error.code}: ${error.message}` : String(error);
}

/** How many of `promises` resolved, and the reasons of the others. */
export async function settle<Value>(promises: readonly Promise<Value>[]) {
  const outcomes = await Promise.allSettled(promises);
  return {
    values: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    reasons: outcomes.flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    ),
  };
}
