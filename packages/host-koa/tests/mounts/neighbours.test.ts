import { Agent, request } from 'node:http';
import { operator } from '@microblog/core';
import compression from 'compression';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import { describe, expect, it } from 'vitest';
import { blog, brokenBlog, served } from '../support/blog.ts';
import { tags } from '../support/html.ts';
import { listening } from '../support/listening.ts';
import { visitor } from '../support/visitor.ts';

const text = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).text();

describe('what is not under the base path', () => {
  it.each(['/', '/blogger', '/blo', '/Blog', '/blog%2f', '/x/blog', '//blog', '/?/blog'])(
    'goes on to the host, as it came: %s',
    async (path) => {
      const { app, requests } = blog();
      const host: RequestHandler = (req, res) => {
        expect(res.statusCode).toBe(200);
        res.json([req.url, req.originalUrl, res.getHeaderNames()]);
      };
      const origin = await served(express().disable('x-powered-by').use(app.callback(), host));
      expect(await (await fetch(origin + path)).json()).toEqual([path, path, []]);
      expect(requests).toEqual([]);
    },
  );

  it('may be read by the host, body and all', async () => {
    const host = express()
      .use(blog().app.callback())
      .post('/echo', express.text(), (req, res) => void res.send(req.body));
    const init = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'mine' };
    expect(await text(`${await served(host)}/echo`, init)).toBe('mine');
  });

  it('is the host’s before and after the microblog', async () => {
    const host = express()
      .get('/blog/before', (_req, res) => void res.send('before'))
      .use('/blog', blog().app.callback())
      .get('/blog/after', (_req, res) => void res.send('after'));
    const origin = await served(host);
    expect(await text(`${origin}/blog/before`)).toBe('before');
    // All that nobody took before is the microblog's under its base path.
    expect((await fetch(`${origin}/blog/after`)).headers.get('X-Request-Id')).not.toBeNull();
  });
});

describe('what is under the base path', () => {
  it('leads nowhere else: links, forms, styles, scripts, pictures and redirects', async () => {
    const { app, microblog } = blog();
    const origin = await served(express().use(app.callback()));
    const ada = visitor(`${origin}/blog`);
    await ada.register('ada');
    const author = await microblog.accounts.show(operator, 'ada');
    const { id } = await microblog.posts.publish(author, { body: 'hello' });
    const found = new Set<string>();
    for (const person of [ada, visitor(`${origin}/blog`)]) {
      for (const path of ['/', '/explore', '/user/ada', `/posts/${id}`, '/login', '/register', '/none']) {
        const { text: page, headers } = await person.get(path);
        const location = headers.get('Location');
        if (location !== null) found.add(location);
        for (const { attributes } of ['a', 'form', 'link', 'script', 'img', 'button'].flatMap((name) =>
          tags(page, name),
        )) {
          const { href, src, action, formaction } = attributes;
          for (const address of [href, src, action, formaction]) {
            if (address !== undefined && !address.startsWith('#')) found.add(address);
          }
        }
      }
    }
    expect(found.size).toBeGreaterThan(15);
    expect([...found].filter((address) => !/^\/blog([/?]|$)/.test(address))).toEqual([]);
  });

  it('leaves the request as the host knows it', async () => {
    const seen: unknown[] = [];
    const note: RequestHandler = (req, res, next) => {
      const look = () => seen.push([req.url, req.originalUrl, req.baseUrl, 'address' in req]);
      res.once('finish', look);
      next();
    };
    const host = express().use(note).use(blog().app.callback());
    await fetch(`${await served(host)}/blog/explore?x=1`);
    expect(seen).toEqual([['/blog/explore?x=1', '/blog/explore?x=1', '', false]]);
  });

  it.each(['/blog', '/blog/', '/blog?x', '/blog/explore?x=/y'])(
    'is answered at a path too: %s',
    async (path) => {
      const host = express().use('/blog', blog().app.callback());
      expect((await fetch((await served(host)) + path)).status).toBe(200);
    },
  );

  it('is known where routers lie within routers', async () => {
    const inner = express.Router().use('/blog', blog({ basePath: '/site/blog' }).app.callback());
    const origin = await served(express().use('/site', express().use(inner)));
    const { text: page } = await visitor(`${origin}/site/blog`).get('/login');
    expect(tags(page, 'form').map(({ attributes }) => attributes.action)).toContain('/site/blog/login');
  });

  it('is where the host writes addresses anew', async () => {
    const host = express()
      .use((req, _res, next) => {
        req.url = req.url.replace('/journal', '/blog');
        next();
      })
      .use(blog().app.callback());
    expect((await fetch(`${await served(host)}/journal/explore`)).status).toBe(200);
  });

  it('fails within: the host’s error handler hears nothing, the microblog’s log hears it once', async () => {
    const { app, faults } = brokenBlog();
    const heard: unknown[] = [];
    const onError: ErrorRequestHandler = (error, _req, _res, next) => {
      heard.push(error);
      next(error);
    };
    const answer = await fetch(`${await served(express().use(app.callback()).use(onError))}/blog/explore`);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([500, 'text/html; charset=utf-8']);
    expect([heard, faults.length]).toEqual([[], 1]);
  });

  it('shares a connection that is kept with the host', async () => {
    const host = express()
      .use(blog().app.callback())
      .use((_req, res) => void res.send('host'));
    const server = await listening(host);
    let connections = 0;
    server.on('connection', () => connections++);
    const origin = await served(server);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const statuses: unknown[] = [];
    for (const path of ['/blog', '/', '/blog/none', '/x', '/blog/explore']) {
      statuses.push(
        await new Promise((resolve, reject) => {
          const asked = request(origin + path, { agent, method: path === '/x' ? 'HEAD' : 'GET' });
          asked.once('error', reject);
          asked.once('response', (response) => {
            response.resume().once('end', () => resolve(response.statusCode));
          });
          asked.end();
        }),
      );
    }
    agent.destroy();
    expect([statuses, connections]).toEqual([[200, 200, 404, 200, 200], 1]);
  });

  it('breaks off without a word to the host', async () => {
    const { app, faults } = blog();
    const heard: unknown[] = [];
    const onError: ErrorRequestHandler = (error) => void heard.push(error);
    let closed = (): void => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const host = express()
      .use((_req, res, next) => {
        res.once('close', () => closed());
        next();
      })
      .use(app.callback())
      .use(onError);
    const origin = await served(host);
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 100 };
    const asked = request(`${origin}/blog/login`, { method: 'POST', headers });
    asked.on('error', () => {});
    await new Promise<void>((sent) => asked.write('login=jo', () => sent()));
    asked.destroy();
    await gone;
    expect((await fetch(`${origin}/blog`)).status).toBe(200);
    expect([heard, faults]).toEqual([[], []]);
  });
});

describe('headers of the host', () => {
  it('give way to the microblog’s policy on its pages, and stay on the host’s', async () => {
    const policy = { contentSecurityPolicy: { directives: { scriptSrc: ["'unsafe-inline'"] } } };
    const host = express()
      .use(helmet(policy))
      .use(blog().app.callback())
      .use((_req, res) => void res.send('host'));
    const origin = await served(host);
    const policyOf = async (path: string) =>
      (await fetch(origin + path)).headers.get('Content-Security-Policy') ?? '';
    expect(await policyOf('/blog')).toMatch(/^default-src 'none';script-src 'self'/);
    expect(await policyOf('/')).toContain("script-src 'unsafe-inline'");
  });

  it('that set cookies stay, beside those of the microblog for its own path', async () => {
    const host = express()
      .use((_req, res, next) => {
        res.cookie('session', 'host');
        next();
      })
      .use(blog().app.callback());
    const cookies = (await fetch(`${await served(host)}/blog/login`)).headers.getSetCookie();
    expect(cookies).toEqual([
      'session=host; Path=/',
      expect.stringMatching(/^microblog_csrf=.*; path=\/blog;/),
    ]);
  });

  it('of compression are right on pages, and for files that are compressed already', async () => {
    const origin = await served(
      express()
        .use(compression({ threshold: 0 }))
        .use(blog().app.callback()),
    );
    const headers = { 'Accept-Encoding': 'gzip' };
    const page = await fetch(`${origin}/blog/login`, { headers });
    const html = await page.text();
    expect([page.headers.get('Content-Encoding'), html]).toEqual([
      'gzip',
      expect.stringContaining('</html>'),
    ]);
    const [sheet = ''] = tags(html, 'link').flatMap(
      ({ attributes }) => attributes.href?.match(/.*css$/) ?? [],
    );
    const file = await fetch(origin + sheet, { headers });
    expect([file.headers.get('Content-Encoding'), await file.text()]).toEqual([
      'gzip',
      expect.stringContaining('{'),
    ]);
    const head = await fetch(`${origin}/blog/login`, { method: 'HEAD', headers });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it.each([
    ['the host', true, false, false],
    ['the microblog', false, true, true],
    ['both', true, true, true],
  ])('of a proxy are believed as the microblog was told: %s', async (_who, byHost, byBlog, secure) => {
    const { app } = blog({ trustProxy: byBlog });
    const origin = await served(express().set('trust proxy', byHost).use(app.callback()));
    const { setCookies } = await visitor(`${origin}/blog`).get('/login', { 'X-Forwarded-Proto': 'https' });
    expect('secure' in (setCookies.get('microblog_csrf')?.attributes ?? {})).toBe(secure);
  });
});

describe('two microblogs in one host', () => {
  it('have people, sessions and pages of their own', async () => {
    const [one, two] = [blog(), blog({ basePath: '/journal', languages: ['es'] })];
    const origin = await served(express().use(one.app.callback(), two.app.callback()));
    const [ada, there] = [visitor(`${origin}/blog`), visitor(`${origin}/journal`)];
    expect((await ada.register('ada')).location).toBe('/');
    for (const [name, value] of ada.cookies) there.cookies.set(name, value);
    expect((await there.get('/user/ada')).status).toBe(404);
    const page = await there.get('/');
    expect(page.text).toContain('lang="es"');
    expect(page.text).not.toContain('/blog/');
    expect((await ada.get('/')).text).not.toContain('/journal/');
  });
});
