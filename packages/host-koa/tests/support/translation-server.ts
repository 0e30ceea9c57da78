import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@microblog/core';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

/** A request as the engine received it. */
export interface EngineCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type EngineReply = (call: EngineCall, response: ServerResponse) => void;

export interface TranslationServer {
  readonly url: string;
  readonly calls: readonly EngineCall[];
  /** Sets the answer for all further requests. */
  reply(reply: EngineReply): void;
}

/** An HTTP server with answers set by the test, until the test has ended. */
export async function translationServer(first: EngineReply): Promise<TranslationServer> {
  const calls: EngineCall[] = [];
  let current = first;
  const server = await listening(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
    const text = Buffer.concat(chunks).toString();
    const call: EngineCall = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: text === '' ? null : JSON.parse(text),
    };
    calls.push(call);
    current(call, response);
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    reply(reply) {
      current = reply;
    },
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function html(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>Sign in to this network</title>');
}

/** The beginning of an answer, and then silence. */
export const stopMidway: EngineReply = (_call, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('{"transla');
};

/** The beginning of an answer, and then a closed connection. */
export const breakMidway: EngineReply = (_call, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '500' });
  response.write('{"transla', () => response.destroy());
};

/** An answer without end. */
export const flood: EngineReply = (_call, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
  };
  response.on('drain', more);
  more();
};

export interface RecordedLog {
  readonly logger: Logger;
  readonly lines: { readonly level: string; readonly details: object; readonly message: string }[];
}

export function recordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const at = (level: string) => (details: object, message: string) => {
    lines.push({ level, details, message });
  };
  return { logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}
