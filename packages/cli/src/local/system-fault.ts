import { getSystemErrorMessage } from 'node:util';

/** An error of the operating system in one line with a remedy. Any other error is returned as it is. */
export function systemFault(error: unknown, what: string, remedy: string): unknown {
  if (!(error instanceof Error && 'errno' in error && typeof error.errno === 'number')) return error;
  return new Error(`${what}: ${getSystemErrorMessage(error.errno)}. ${remedy}`, { cause: error });
}
