import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../context.ts';
import { readFields } from './request-body.ts';

/** The fields of a posted form. */
export interface Form {
  /** The field's text as it was typed, `''` where there is none; the first of several. */
  text(name: string): string;
  /** Whether a check box was ticked. */
  checked(name: string): boolean;
}

/**
 * Reads a posted form of at most 64 KB, from the request or from what a body parser before left of it.
 * @throws {MicroblogError} `unsupported_media_type` for anything but `application/x-www-form-urlencoded`,
 * `body_too_large`, `malformed_body` for what is no UTF-8, `body_already_read` where nothing was left of it.
 */
export async function readForm(ctx: HostContext): Promise<Form> {
  const type = ctx.is('application/x-www-form-urlencoded');
  // Koa's null: there is no body at all.
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
