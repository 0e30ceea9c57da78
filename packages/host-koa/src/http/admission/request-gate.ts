import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ListedRoute } from '../routing/route-table.ts';
import { connectionTurns } from './connection-turns.ts';

/** Decides about a request before anything of it is parsed: it runs now, after others of its connection, or never. */
export type RequestGate = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  work: () => Promise<void>,
) => Promise<void>;

export interface RequestGateOptions {
  /** How many requests may run at once. Forms may use a quarter more: what people wrote is lost last. */
  readonly limit: number;
  /** True for paths that always run: health checks and files, which cost little. */
  readonly isUrgent: (path: string) => boolean;
  /** Called for each refused request. */
  readonly onRefused: (method: string) => void;
}

/** Seconds after which a program may ask again. */
const RETRY_AFTER = '2';
const TEXT = 'This site has more visitors than it can serve right now. Please try again in a moment.\n';

const headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': Buffer.byteLength(TEXT),
  'Retry-After': RETRY_AFTER,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
};

// Why: docs/decisions/0093-overload.md
/** A request counts until the application has handed over its answer. A client that reads slowly does not count. */
export function requestGate({ limit, isUrgent, onRefused }: RequestGateOptions): RequestGate {
  const turns = connectionTurns();
  const limitOfForms = Math.ceil(limit * 1.25);
  let running = 0;

  async function begin(
    { method = 'GET' }: IncomingMessage,
    response: ServerResponse,
    path: string,
    work: () => Promise<void>,
  ): Promise<void> {
    if (isUrgent(path)) return work();
    if (running >= (method === 'POST' ? limitOfForms : limit)) {
      onRefused(method);
      response.writeHead(503, headers).end(method === 'HEAD' ? undefined : TEXT);
      return;
    }
    running++;
    try {
      await work();
    } finally {
      running--;
    }
  }

  return (request, response, path, work) => {
    const turn = turns.enter(request, response);
    if (turn === true) return begin(request, response, path, work);
    return turn.then((begins) => (begins ? begin(request, response, path, work) : undefined));
  };
}

/** True for the paths of these routes, by their first segment alone. */
export function urgentPaths(routes: readonly ListedRoute[]): (path: string) => boolean {
  const segments = new Set(routes.map(({ path }) => path.split('/')[1]));
  return (path) => segments.has(path.split('/', 2)[1]);
}
