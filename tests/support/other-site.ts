import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A site on another origin. */
export interface OtherSite {
  readonly origin: string;
  /** The address of a page with that content in its body. `policy` is its Content-Security-Policy. */
  page(
    body: string,
    options?: { readonly lang?: string; readonly head?: string; readonly policy?: string },
  ): string;
  /** Handles every request below a path. */
  answer(path: string, answer: Answer): void;
  close(): Promise<void>;
}

export async function otherSite(): Promise<OtherSite> {
  const answers = new Map<string, Answer>();
  let pages = 0;
  const server = createServer((request, response) => {
    const path = [...answers.keys()].find((start) => request.url?.startsWith(start));
    const answer = path === undefined ? undefined : answers.get(path);
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page(body, { lang = 'en', head = '', policy } = {}) {
      const path = `/page-${++pages}.html`;
      answers.set(path, (_request, response) => {
        if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(
          `<!doctype html><html lang="${lang}"><head><title>A site</title><link rel="icon" href="data:,">${head}</head><body><main><h1>A site</h1>${body}</main></body></html>`,
        );
      });
      return origin + path;
    },
    answer: (path, answer) => void answers.set(path, answer),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
