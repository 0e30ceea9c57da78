import type { IncomingMessage } from 'node:http';
import middie from '@fastify/middie';
import { getRequestListener } from '@hono/node-server';
import { createMicroblog, memoryStorage } from '@microblog/core';
import express from 'express';
import fastify, { type FastifyRequest } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import mount from 'koa-mount';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKoaApp, type KoaAppOptions } from '../../src/index.ts';
import { blog as blogWith, served } from '../support/blog.ts';
import { SECRET_KEY } from '../support/host.ts';

interface User {
  readonly id: number;
  readonly name: string;
}

/** The session of a host, far too trusting: a cookie that names its user. */
function userOf(cookie = ''): User | undefined {
  const name = /(?:^|; )shop=(\w+)/.exec(cookie)?.[1];
  return name === undefined ? undefined : { id: name.length, name };
}

interface SignedIn extends IncomingMessage {
  user?: User | undefined;
}

const profileOf = (user: User | undefined) =>
  user === undefined ? null : { externalId: user.id, nickname: user.name };

function blogFor(authenticate: NonNullable<KoaAppOptions['authenticate']>) {
  return blogWith({ authenticate, loginUrl: '/login' }).app;
}

/** Who a page greets: the nickname that its menu leads to. */
async function greeted(origin: string, cookie: string): Promise<string | undefined> {
  const page = await (await fetch(`${origin}/blog/`, { headers: { cookie } })).text();
  return /href="\/blog\/user\/(\w+)"/.exec(page)?.[1];
}

async function expectItsUsers(origin: string): Promise<void> {
  expect(await greeted(origin, 'shop=ada')).toBe('ada');
  expect(await greeted(origin, 'shop=grace')).toBe('grace');
  expect(await greeted(origin, '')).toBeUndefined();
}

describe('the users of a host that keeps them elsewhere than on Node’s request', () => {
  it('are handed over in Koa', async () => {
    const blog = blogFor((request: SignedIn) => profileOf(request.user));
    const app = new Koa();
    app.use((ctx, next) => {
      ctx.state.user = userOf(ctx.get('cookie'));
      return next();
    });
    app.use((ctx, next) => {
      (ctx.req as SignedIn).user = ctx.state.user;
      return next();
    });
    app.use(mount('/blog', blog));
    await expectItsUsers(await served(app.callback()));
  });

  it('are handed over in Fastify', async () => {
    const blog = blogFor((request: SignedIn) => profileOf(request.user));
    const app = fastify();
    app.decorateRequest('user', null as User | null);
    const userIn = (request: FastifyRequest) => userOf(request.headers.cookie);
    app.addHook('onRequest', async (request) => {
      (request.raw as SignedIn).user = userIn(request);
    });
    await app.register(middie);
    app.use(blog.callback());
    await app.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(() => app.close());
    await expectItsUsers(await served(app.server));
  });

  it('are found by their cookie where nothing runs before, as with Hono and node:http', async () => {
    const microblog = createMicroblog({ storage: memoryStorage() });
    const blog = createKoaApp(microblog, {
      secretKeys: [SECRET_KEY],
      basePath: '/blog',
      authenticate: async (request) => profileOf(userOf(request.headers.cookie)),
      loginUrl: '/login',
    });
    const app = new Hono();
    const [answer, rest] = [blog.callback(), getRequestListener(app.fetch)];
    await expectItsUsers(
      await served((request, response) => {
        answer(request, response, () => void rest(request, response));
      }),
    );
  });
});

describe('the request of a host under a mount path', () => {
  /** An Express application whose `authenticate` waits. `seen` notes addresses in the order in which they are read. */
  async function waitingHost(act: (request: IncomingMessage & { cart?: string }) => void = () => {}) {
    const seen: [by: string, url: string | undefined][] = [];
    const later: { whole?: IncomingMessage } = {};
    const blog = blogFor(async (request) => {
      act(request);
      const other = new Promise<void>((resolve) => {
        setImmediate(() => {
          seen.push(['another listener', later.whole?.url]);
          resolve();
        });
      });
      await other;
      seen.push(['authenticate', request.url]);
      return null;
    });
    const app = express();
    app.use('/blog', (request, _response, next) => {
      later.whole = request;
      next();
    });
    app.use('/blog', blog.callback());
    await fetch(`${await served(app)}/blog/explore?before=4`);
    return { seen, request: later.whole as IncomingMessage & { cart?: string } };
  }

  it('keeps its url for other listeners while authenticate, which sees the whole address, waits', async () => {
    const { seen } = await waitingHost();
    expect(seen).toEqual([
      ['another listener', '/explore?before=4'],
      ['authenticate', '/blog/explore?before=4'],
    ]);
  });

  it('takes what authenticate puts on it, such as a session that is loaded late', async () => {
    const { request } = await waitingHost((asked) => {
      asked.cart = 'three apples';
    });
    expect(request.cart).toBe('three apples');
  });

  it('keeps its url if authenticate writes another one', async () => {
    const { seen, request } = await waitingHost((asked) => {
      asked.url = '/elsewhere';
    });
    expect(seen).toEqual([
      ['another listener', '/explore?before=4'],
      ['authenticate', '/elsewhere'],
    ]);
    expect(request.url).not.toBe('/elsewhere');
  });
});
