import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../context.ts';
import { readFields } from './request-body.ts';

/** The fields of a posted form. */
export interface Form {
  /** The text of the field as it was sent; `''` if it is missing, the first of several. */
  text(name: string): string;
  /** Whether a check box was ticked. */
  checked(name: string): boolean;
}

/**
 * Reads a posted form of at most 64 KB, from the request or from the result of an earlier body parser.
 * @throws {MicroblogError} `unsupported_media_type` for anything but `application/x-www-form-urlencoded`,
 * `body_too_large`, `malformed_body` if it is not valid UTF-8, `body_already_read` if an earlier reader left nothing.
 */
export async function readForm(ctx: HostContext): Promise<Form> {
  const type = ctx.is('application/x-www-form-urlencoded');
  // Null in Koa: the request has no body.
  if (type === null) return formOf(new Map());
  if (type === false) {
    throw hostError('unsupported_media_type', 'Send a form: application/x-www-form-urlencoded.');
  }
  return formOf(await readFields(ctx));
}

function formOf(fields: ReadonlyMap<string, string>): Form {
  const text = (name: string) => fields.get(name) ?? '';
  return { text, checked: (name) => text(name) !== '' };
}
