import formbody from '@fastify/formbody';
import middie from '@fastify/middie';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { blog, served } from '../support/blog.ts';
import { visitor } from '../support/visitor.ts';

describe('in Fastify', () => {
  it('hooks and bodies of other routes are untouched, and hooks for every request see the microblog’s too', async () => {
    const host = fastify();
    const seen: string[] = [];
    host.addHook('onRequest', async ({ url }) => void seen.push(`request ${url}`));
    host.addHook(
      'onResponse',
      async ({ url }, { statusCode }) => void seen.push(`response ${url} ${statusCode}`),
    );
    await host.register(formbody);
    await host.register(middie);
    host.use(blog().app.callback());
    host.post('/echo', { preHandler: async () => void seen.push('preHandler') }, ({ body }) => body);
    await host.listen({ host: '127.0.0.1', port: 0 });
    const origin = await served(host.server);

    const echo = await fetch(`${origin}/echo`, { method: 'POST', body: new URLSearchParams({ a: 'ü' }) });
    expect([await echo.json(), echo.headers.get('Content-Security-Policy')]).toEqual([{ a: 'ü' }, null]);
    const person = visitor(`${origin}/blog`);
    expect((await person.register('ada')).status).toBe(303);
    expect((await fetch(`${origin}/none`)).headers.get('Content-Type')).toMatch(/json/);
    await host.close();
    expect(seen).toEqual([
      'request /echo',
      'preHandler',
      'response /echo 200',
      'request /blog/register',
      'response /blog/register 200',
      'request /blog/register',
      'response /blog/register 303',
      'request /none',
      'response /none 404',
    ]);
  });
});
