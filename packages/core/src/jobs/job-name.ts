import { MicroblogError } from '../kernel/errors.ts';

/** True for `area.verb`: up to 60 letters, digits, `.`, `-` and `_`, starting with a letter. */
export function isJobName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._-]{0,59}$/.test(name);
}

/** @throws {MicroblogError} `invalid_input` for an invalid name. */
export function requireJobName(name: string): void {
  if (isJobName(name)) return;
  throw new MicroblogError(
    'invalid_input',
    `"${name.slice(0, 80)}" is not a valid job name: use letters, digits, ".", "-" and "_", up to 60, as in "area.verb".`,
    { details: { fields: [{ field: 'name', problem: 'wrong_type', params: {} }] } },
  );
}
