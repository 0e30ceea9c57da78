import type { IncomingMessage } from 'node:http';
import getRawBody from 'raw-body';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../context.ts';
import { type Fields, fieldsFrom, parseFields } from './form-fields.ts';

const MAX_BYTES = 64 * 1024;

/** Where body parsers put their result: on Koa's request, or on Node's. */
interface ReadBody {
  readonly body?: unknown;
  /** The body as it was sent, if a parser keeps that too. */
  readonly rawBody?: unknown;
}

/**
 * The fields of a form, read here or by a body parser of the application around. Text and bytes are parsed as if read
 * here. Of a parsed object, only own texts count, and the first of several.
 * @throws {MicroblogError} `body_too_large`, `malformed_body`, `body_already_read`
 */
export async function readFields(ctx: HostContext): Promise<Fields> {
  // An unread stream is the form, whatever is at `body`: some parsers put an empty object there.
  if (!wasRead(ctx.req)) return parseFields(textOf(await readBytes(ctx.req)));
  const body = bodyLeft(ctx.request) ?? bodyLeft(ctx.req);
  const sent = Number(ctx.get('Content-Length'));
  if (sent > MAX_BYTES) throw tooLarge();
  if (body === undefined) {
    throw hostError(
      'body_already_read',
      'Another reader consumed the form before the microblog did, and left nothing of it. Mount the microblog ' +
        'before it, or have it leave text, bytes or fields at `request.body`.',
    );
  }
  if (typeof body === 'string') return parseFields(limitSize(body));
  if (body instanceof Uint8Array) return parseFields(limitSize(textOf(body)));
  const fields = fieldsFrom(body);
  limitSize([...fields].flat().join(''));
  return fields;
}

/** True if another reader has begun to read the stream. */
function wasRead(request: IncomingMessage): boolean {
  return request.readableDidRead || request.readableEnded || request.readableEncoding !== null;
}

function bodyLeft(request: object): string | object | undefined {
  const { rawBody, body }: ReadBody = request;
  for (const left of [rawBody, body]) {
    if (typeof left === 'string' || (typeof left === 'object' && left !== null)) return left;
  }
  return undefined;
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  try {
    const length = request.headers['content-length'];
    return await getRawBody(request, { limit: MAX_BYTES, length: length ?? null });
  } catch (error) {
    const type = error instanceof Error && 'type' in error ? error.type : undefined;
    if (type === 'entity.too.large') {
      // Drain the rest: otherwise it would be read as the next request of the connection.
      request.unpipe();
      request.resume();
      throw tooLarge(error);
    }
    throw malformed(error);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformed(error);
  }
}

function limitSize(text: string): string {
  if (Buffer.byteLength(text) > MAX_BYTES) throw tooLarge();
  return text;
}

function tooLarge(cause?: unknown) {
  return hostError('body_too_large', `A form holds at most ${MAX_BYTES} bytes.`, cause);
}

function malformed(cause: unknown) {
  return hostError('malformed_body', 'The form could not be read completely as UTF-8.', cause);
}
