import express from 'express';
import Koa from 'koa';
import mount from 'koa-mount';
import { describe, expect, it } from 'vitest';
import { blog, brokenBlog, served } from '../support/blog.ts';
import { visitor } from '../support/visitor.ts';

/** A host with keys, an error handler and a renderer of its own, which are not to be mixed up with the microblog's. */
function koaHost() {
  const heard: unknown[] = [];
  const host = new Koa();
  host.keys = ['the key of the host'];
  host.on('error', (error) => heard.push(error));
  return { host, heard };
}

describe('in another Koa application', () => {
  it('sessions are signed with the microblog’s keys, and the host’s cookies with its own', async () => {
    const { host } = koaHost();
    host.use(async (ctx, next) => {
      const visits = Number(ctx.cookies.get('visits', { signed: true }) ?? 0) + 1;
      ctx.cookies.set('visits', String(visits), { signed: true, path: '/blog' });
      ctx.set('X-Visits', String(visits));
      await next();
    });
    const person = visitor(`${await served(host.use(mount('/blog', blog().app)).callback())}/blog`);
    expect((await person.register('ada')).status).toBe(303);
    const home = await person.get('/');
    expect(home.text).toContain('name="body"');
    expect(Number(home.headers.get('X-Visits'))).toBe(3);
  });

  it.each([
    [true, false, false],
    [false, true, true],
  ])(
    'a proxy is believed as the microblog was told (host: %s, microblog: %s)',
    async (byHost, byBlog, secure) => {
      const { host } = koaHost();
      host.proxy = byHost;
      const origin = await served(host.use(mount('/blog', blog({ trustProxy: byBlog }).app)).callback());
      const { setCookies, headers } = await visitor(`${origin}/blog`).get('/login', {
        'X-Forwarded-Proto': 'https',
      });
      expect('secure' in (setCookies.get('microblog_csrf')?.attributes ?? {})).toBe(secure);
      expect(headers.has('Strict-Transport-Security')).toBe(secure);
    },
  );

  it('middleware around it sees the answer, and an unchanged request', async () => {
    const { host } = koaHost();
    const seen: unknown[] = [];
    host.use(async (ctx, next) => {
      ctx.state.user = 'host';
      await next();
      seen.push([ctx.status, typeof ctx.body, ctx.type, ctx.url, ctx.req.url, { ...ctx.state }]);
      ctx.set('X-After', 'yes');
    });
    const origin = await served(host.use(mount('/blog', blog().app)).callback());
    const page = await fetch(`${origin}/blog/explore?x=1`);
    expect([page.headers.get('X-After'), (await page.text()).endsWith('</html>\n')]).toEqual(['yes', true]);
    expect(seen).toEqual([
      [200, 'string', 'text/html', '/blog/explore?x=1', '/blog/explore?x=1', { user: 'host' }],
    ]);
  });

  it('what is outside goes on to the host, which has its own 404', async () => {
    const { host } = koaHost();
    host.use(mount('/blog', blog().app)).use(async (ctx, next) => {
      if (ctx.path === '/mine') ctx.body = ctx.url;
      else await next();
    });
    const origin = await served(host.callback());
    expect(await (await fetch(`${origin}/mine?x`)).text()).toBe('/mine?x');
    const nothing = await fetch(`${origin}/nothing`);
    expect([nothing.status, await nothing.text(), nothing.headers.get('X-Request-Id')]).toEqual([
      404,
      'Not Found',
      null,
    ]);
  });

  it('is taken without a path, and within mounts of mounts', async () => {
    for (const [mounted, path] of [
      [mount(blog().app), '/blog/login'],
      [mount('/site', mount('/blog', blog({ basePath: '/site/blog' }).app)), '/site/blog/login'],
      [mount('/site', mount(blog({ basePath: '/site/blog' }).app)), '/site/blog/login'],
    ] as const) {
      const origin = await served(koaHost().host.use(mounted).callback());
      const page = await fetch(origin + path);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`action="${path}"`)]);
    }
  });

  it('that is itself mounted in Express', async () => {
    const inner = koaHost().host.use(mount('/blog', blog({ basePath: '/site/blog' }).app));
    const origin = await served(express().use('/site', inner.callback()));
    const page = await (await fetch(`${origin}/site/blog/login`)).text();
    expect(page).toContain('action="/site/blog/login"');
  });

  it('fails within: the host’s error handler hears nothing, the microblog’s log hears it once', async () => {
    const { app, faults } = brokenBlog();
    const { host, heard } = koaHost();
    const origin = await served(host.use(mount('/blog', app)).callback());
    const answer = await fetch(`${origin}/blog/explore`);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('</html>')]);
    expect([heard, faults.length]).toEqual([[], 1]);
  });

  it('fails even before its own pages are there: as without a host', async () => {
    const { app, faults } = blog();
    app.middleware.splice(1, 0, () => Promise.reject(new Error('too early')));
    const { host, heard } = koaHost();
    const origin = await served(host.use(mount('/blog', app)).callback());
    const answer = await fetch(`${origin}/blog/explore`);
    expect([answer.status, await answer.text()]).toEqual([500, 'Internal Server Error']);
    expect(heard).toEqual([]);
    expect(faults).toMatchObject([{ err: { message: 'too early' } }]);
  });
});
