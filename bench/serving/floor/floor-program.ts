/**
 * The floor: the least that a server in JavaScript has to do for the same bytes with the same session check. Bare
 * `node:http`, named statements, text joined by `+`. Gets its spec from the parent process, and answers with addresses.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeId } from '@microblog/core';
import Koa from 'koa';
import pg from 'pg';
import type { FloorSpec } from './floor-spec.ts';
import { floorTemplates, personValues } from './pages.ts';
import { type FloorViewer, floorSessions } from './session.ts';
import { floorStatements } from './statements.ts';

/** Addresses of the programs. */
export interface FloorAddresses {
  readonly floor: string;
  /** Koa with the sign-in page as a constant text. */
  readonly koa: string;
}

process.once('message', async (spec: FloorSpec) => {
  const floor = createServer(floorHandler(spec));
  const koa = new Koa();
  koa.use((ctx) => {
    ctx.type = 'html';
    ctx.body = spec.signInPage;
  });
  const addresses: FloorAddresses = {
    floor: await listen(floor),
    koa: await listen(createServer(koa.callback())),
  };
  process.send?.(addresses);
});
process.once('disconnect', () => process.exit());

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function floorHandler(spec: FloorSpec): Handler {
  const pool = new pg.Pool({
    connectionString: spec.databaseUrl,
    max: 10,
    // Else Postgres plans the statement of home anew for each page, which takes longer than running it.
    options: '-c plan_cache_mode=force_generic_plan',
  });
  const sessions = floorSessions(pool, spec.secretKey);
  const statements = floorStatements(pool);
  const templates = { members: floorTemplates(spec.members), visitors: floorTemplates(spec.visitors) };

  async function page(path: string, viewer: FloorViewer | null, token: string): Promise<string | null> {
    const write = viewer === null ? templates.visitors : templates.members;
    if (path === '/') {
      const posts = viewer === null ? await statements.explore() : await statements.home(viewer.id);
      return write.home(posts, viewer, token);
    }
    if (path === '/explore') return write.explore(await statements.explore(), viewer, token);
    if (path.startsWith('/user/')) {
      const person = await statements.person(path.slice('/user/'.length), viewer?.id ?? null);
      if (person === undefined) return null;
      return write.profile(await statements.byAuthor(person.id), viewer, token, personValues(person));
    }
    if (path.startsWith('/posts/')) {
      const post = await statements.post(path.slice('/posts/'.length));
      return post === undefined ? null : write.permalink(post, viewer, token);
    }
    return null;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const viewer = await sessions.resume(request);
    if (request.method === 'POST') {
      const form = new URLSearchParams(await textOf(request));
      if (viewer === null || !sessions.isValid(request, viewer, form.get('_csrf') ?? '')) {
        response.writeHead(403).end();
        return;
      }
      const id = composeId(Date.now(), Math.floor(Math.random() * 65_536));
      await statements.publish(id, viewer.id, form.get('body') ?? '');
      response.writeHead(303, { ...spec.headers, Location: '/' }).end();
      return;
    }
    const { token, setCookie } = sessions.token(request, viewer);
    const body = await page(request.url ?? '/', viewer, token);
    response.writeHead(body === null ? 404 : 200, {
      ...spec.headers,
      'Content-Length': Buffer.byteLength(body ?? ''),
      ...(setCookie === null ? {} : { 'Set-Cookie': setCookie }),
    });
    response.end(body ?? '');
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
