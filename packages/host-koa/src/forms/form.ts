import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import type { HostContext } from '../context.ts';
import { hostError } from '../host-errors.ts';

const MAX_BYTES = 64 * 1024;

/** The fields of a posted form. */
export interface Form {
  /** The field's text as it was typed, `''` where there is none; the first of several. */
  text(name: string): string;
  /** Whether a check box was ticked. */
  checked(name: string): boolean;
}

/**
 * Reads a posted form of at most 64 KB.
 * @throws {MicroblogError} `unsupported_media_type` for anything but `application/x-www-form-urlencoded`,
 * `body_too_large`, `malformed_body` for what is no UTF-8.
 */
export async function readForm(ctx: HostContext): Promise<Form> {
  const type = ctx.is('application/x-www-form-urlencoded');
  // Koa's null: there is no body at all.
  if (type === null) return formOf(new Map());
  if (type === false) {
    throw hostError('unsupported_media_type', 'Send a form: application/x-www-form-urlencoded.');
  }
  return formOf(parseFields(await readBody(ctx.req)));
}

function formOf(fields: ReadonlyMap<string, string>): Form {
  const text = (name: string) => fields.get(name) ?? '';
  return { text, checked: (name) => text(name) !== '' };
}

async function readBody(request: IncomingMessage): Promise<string> {
  try {
    const length = request.headers['content-length'];
    const bytes = await getRawBody(request, { limit: MAX_BYTES, length: length ?? null });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const type = error instanceof Error && 'type' in error ? error.type : undefined;
    if (type === 'entity.too.large') {
      // What is still on its way would be taken for the next request of the connection.
      request.unpipe();
      request.resume();
      throw hostError('body_too_large', `A form holds at most ${MAX_BYTES} bytes.`, error);
    }
    throw hostError('malformed_body', 'The form could not be read whole, as UTF-8.', error);
  }
}

/** As the URL Standard parses forms, but strict: bytes that are no text are refused, not replaced. */
function parseFields(body: string): Map<string, string> {
  const fields = new Map<string, string>();
  try {
    for (const pair of body.split('&')) {
      const [name = '', ...value] = pair.split('=');
      const key = decode(name);
      if (!fields.has(key)) fields.set(key, decode(value.join('=')));
    }
  } catch (error) {
    throw hostError('malformed_body', 'The form holds percent-encoded bytes that are no UTF-8.', error);
  }
  return fields;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
