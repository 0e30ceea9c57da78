import assert from 'node:assert/strict';
import { type ErrorCode, isMicroblogError, type MicroblogError } from '../kernel/errors.ts';

/** Runs `call`, which must throw a `MicroblogError` of this code. Returns the error. */
export function rejectedWith(code: ErrorCode, call: () => unknown): MicroblogError {
  try {
    call();
  } catch (error) {
    assert.ok(isMicroblogError(error, code), `expected ${code}, got ${error}`);
    return error;
  }
  return assert.fail(`expected ${code}, but the call succeeded`);
}
