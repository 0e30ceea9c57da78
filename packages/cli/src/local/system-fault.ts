import { getSystemErrorMessage } from 'node:util';

/** Describes an error of the operating system in one line with a remedy. Returns any other error unchanged. */
export function systemFault(error: unknown, what: string, remedy: string): unknown {
  if (!(error instanceof Error && 'errno' in error && typeof error.errno === 'number')) return error;
  return new Error(`${what}: ${getSystemErrorMessage(error.errno)}. ${remedy}`, { cause: error });
}
