import assert from 'node:assert/strict';
import { type ErrorCode, isMicroblogError, type MicroblogError } from '../../kernel/errors.ts';
import type { Storage } from '../../ports/storage.ts';

/** Opens a new, empty storage for one case. The test runner closes it after the case. */
export type OpenStorage = () => Promise<Storage>;

/** One behaviour of every storage. The case passes if `run` resolves. It needs no test framework. */
export interface StorageContractCase {
  readonly name: string;
  /** True if the case needs a storage that commits its own transactions, not one inside a lent transaction. */
  readonly ownCommits: boolean;
  run(open: OpenStorage): Promise<void>;
}

/** The cases of one area. The area is the start of their names. */
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

/** Waits until `promise` rejects with a `MicroblogError` of this code. Returns the error. */
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

/** Waits for all `promises`. Returns the values of those that resolved and the reasons of the others. */
export async function settle<Value>(promises: readonly Promise<Value>[]) {
  const outcomes = await Promise.allSettled(promises);
  return {
    values: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    reasons: outcomes.flatMap((outcome): unknown[] =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    ),
  };
}
