import middie from '@fastify/middie';
import express, { type ErrorRequestHandler } from 'express';
import fastify from 'fastify';
import Koa from 'koa';
import mount from 'koa-mount';
import { describe, expect, it } from 'vitest';
import type { MountableKoa } from '../../src/index.ts';
import { blog, served } from '../support/blog.ts';

/** What each framework's own error handler is told of a request. */
type Heard = (app: MountableKoa, mountPath: string, path: string) => Promise<string | null>;

const hosts: [name: string, heard: Heard][] = [
  [
    'Express',
    async (app, mountPath, path) => {
      const answerError: ErrorRequestHandler = (error, _req, res, _next) => void res.send(String(error));
      const host = express().use(mountPath, app.callback()).use(answerError);
      return (await fetch((await served(host)) + path)).text();
    },
  ],
  [
    'Koa',
    async (app, mountPath, path) => {
      let message = '';
      const host = new Koa().use(mount(mountPath, app)).on('error', (error) => {
        message = String(error);
      });
      expect((await fetch((await served(host.callback())) + path)).status).toBe(500);
      return message;
    },
  ],
  [
    'Fastify',
    async (app, mountPath, path) => {
      const host = fastify();
      host.setErrorHandler((error, _request, reply) => reply.send(String(error)));
      await host.register(middie);
      host.use(mountPath, app.callback());
      await host.listen({ host: '127.0.0.1', port: 0 });
      return (await fetch((await served(host.server)) + path)).text();
    },
  ],
];

describe.each(hosts)('mounted elsewhere than it was told, in %s', (_name, heard) => {
  it.each([
    ['/journal', '/blog'],
    ['/blog', ''],
    ['/blog/deeper', '/blog'],
  ])('at %j with the base path %j: the first request says so', async (mountPath, basePath) => {
    expect(await heard(blog({ basePath }).app, mountPath, `${mountPath}/explore`)).toBe(
      `Error: The microblog is mounted at '${mountPath}', but its base path is '${basePath}'. ` +
        `Give createKoaApp basePath: '${mountPath}', or mount it at '${basePath || '/'}'.`,
    );
  });
});

describe('mounted elsewhere than it was told, without a framework to tell', () => {
  it('the log says so, and the visitor learns nothing of it', async () => {
    const { app, faults } = blog();
    const answer = app.callback();
    const host = express().use('/journal', (req, res) => answer(req, res));
    const response = await fetch(`${await served(host)}/journal/explore`);
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error']);
    expect(faults).toMatchObject([{ err: { message: expect.stringContaining("mounted at '/journal'") } }]);
  });
});

describe('mounted above its base path', () => {
  it('answers there', async () => {
    const host = express().use('/site', blog({ basePath: '/site/blog' }).app.callback());
    expect((await fetch(`${await served(host)}/site/blog/explore`)).status).toBe(200);
  });
});

describe('a path in other letters than the mount’s', () => {
  it('is the host’s to answer, where it does not mind the case', async () => {
    const host = express()
      .use('/blog', blog().app.callback())
      .use((_req, res) => void res.send('host'));
    expect(await (await fetch(`${await served(host)}/BLOG/explore`)).text()).toBe('host');
  });
});

describe('a path that a router takes for the mount’s', () => {
  it.each(['/BLOG/explore', '//blog/explore', '/%62log/explore', '/%2562log/explore'])(
    'is no mistake of the mount, and the host’s to answer: %s',
    async (path) => {
      const host = fastify({ routerOptions: { ignoreDuplicateSlashes: true, caseSensitive: false } });
      host.setErrorHandler((error, _request, reply) => reply.code(500).send(String(error)));
      await host.register(middie);
      host.use('/blog', blog().app.callback());
      await host.listen({ host: '127.0.0.1', port: 0 });
      expect((await fetch((await served(host.server)) + path)).status).toBe(404);
    },
  );
});
