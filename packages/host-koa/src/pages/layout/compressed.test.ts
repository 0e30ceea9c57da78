import { once } from 'node:events';
import { get } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Koa from 'koa';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HostContext, HostState } from '../../http/context.ts';
import { compressed } from './compressed.ts';

const page = `<!doctype html>${'<p>Ein Wörterbuch</p>'.repeat(200)}`;

interface Answer {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What a client gets that accepts these encodings, if `answer` writes the response. */
async function sent(
  accepted: string | undefined,
  answer: (ctx: HostContext) => void = () => {},
  method = 'GET',
): Promise<Answer> {
  const app = new Koa<HostState>();
  app.use(compressed());
  app.use((ctx) => {
    ctx.type = 'html';
    ctx.body = page;
    answer(ctx);
  });
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ headers: response.headers as Answer['headers'], body: Buffer.concat(chunks) });
    }).once('error', reject);
  });
}

describe('compressed', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', undefined],
    // Nothing is acceptable then. RFC 9110, section 12.5.3, allows to answer without an encoding all the same.
    ['identity;q=0', undefined],
    ['*;q=0', undefined],
    ['gzip;q=0, *;q=0', undefined],
    [undefined, undefined],
  ])('answers a client that accepts %j with the encoding %j', async (accepted, encoding) => {
    const { headers } = await sent(accepted);
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding']);
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('sends the same text as %s, with its length', async (encoding, decompress) => {
    const { headers, body } = await sent(encoding);
    expect(decompress(body).toString()).toBe(page);
    expect(headers).toMatchObject({
      'content-length': String(body.length),
      'content-type': 'text/html; charset=utf-8',
    });
  });

  it.each([
    ['with private data', { 'Cache-Control': 'private, no-cache, no-transform' }],
    ['of another type', { 'Content-Type': 'application/atom+xml' }],
    ['that has an encoding', { 'Content-Encoding': 'identity' }],
  ])('leaves an answer %s as it is', async (_kind, headers) => {
    const { body } = await sent('br', (ctx) => ctx.set(headers));
    expect(body.toString()).toBe(page);
  });

  it('leaves a short page as it is', async () => {
    const { body } = await sent('br', (ctx) => {
      ctx.body = '<p>';
    });
    expect(body.toString()).toBe('<p>');
  });

  it('answers HEAD with the length of the uncompressed page', async () => {
    const { headers } = await sent('br', () => {}, 'HEAD');
    expect([headers['content-encoding'], headers['content-length']]).toEqual([
      undefined,
      String(Buffer.byteLength(page)),
    ]);
  });
});
