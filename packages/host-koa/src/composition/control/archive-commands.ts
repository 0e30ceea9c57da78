import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodeArchive, encodeArchive } from '@microblog/core';
import { respond } from './control-answers.ts';
import type { ControlNeeds } from './control-needs.ts';

export async function sendArchive(
  { storage, logger }: ControlNeeds,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await storage.snapshot(async (content) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await pipeline(Readable.from(encodeArchive(content, new Date())), response);
  });
  logger.info({}, 'backup taken');
}

export async function takeArchive(
  { storage, logger }: ControlNeeds,
  request: IncomingMessage,
  response: ServerResponse,
  options: URLSearchParams,
): Promise<void> {
  // Not destroyed by an error in the middle: the answer goes by the same connection.
  const chunks: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  await storage.load(await decodeArchive(chunks), { replace: options.has('replace') });
  logger.info({}, 'archive restored');
  respond(response, 200, {});
}
