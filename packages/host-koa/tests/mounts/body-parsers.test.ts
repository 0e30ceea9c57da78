import formbody from '@fastify/formbody';
import middie from '@fastify/middie';
import { bodyParser } from '@koa/bodyparser';
import express, { type RequestHandler } from 'express';
import fastify from 'fastify';
import Koa from 'koa';
import mount from 'koa-mount';
import { describe, expect, it } from 'vitest';
import { type Blog, blog, served } from '../support/blog.ts';
import { valueIn } from '../support/html.ts';
import { PASSWORD, type Visitor, visitor } from '../support/visitor.ts';

const FORM = 'application/x-www-form-urlencoded';
const TEXT = 'ñandú & co. = 100% "quoted" + 👪';

type Serve = (blog: Blog) => Promise<string>;

const inExpress = (...before: RequestHandler[]): Serve => {
  return ({ app }) => served(express().use(...before, app.callback()));
};

const inKoa = (...before: Koa.Middleware[]): Serve => {
  return ({ app }) => {
    const host = new Koa();
    for (const middleware of before) host.use(middleware);
    return served(host.use(mount('/blog', app)).callback());
  };
};

/** Where the hook of Fastify that the microblog is run in comes after the body was parsed. */
const inFastify: Serve = async ({ app }) => {
  const host = fastify();
  await host.register(formbody);
  await host.register(middie, { hook: 'preHandler' });
  host.use(app.callback());
  await host.listen({ host: '127.0.0.1', port: 0 });
  return served(host.server);
};

const whole: [name: string, serve: Serve][] = [
  ['express.urlencoded', inExpress(express.urlencoded())],
  ['express.urlencoded, extended', inExpress(express.urlencoded({ extended: true }))],
  ['express.text', inExpress(express.text({ type: FORM }))],
  ['express.raw', inExpress(express.raw({ type: () => true }))],
  ['express.json, which leaves forms alone', inExpress(express.json())],
  ['@koa/bodyparser', inKoa(bodyParser())],
  ['@fastify/formbody', inFastify],
];

async function member(origin: string): Promise<Visitor> {
  const person = visitor(`${origin}/blog`);
  expect((await person.register('ada')).status).toBe(303);
  return person;
}

describe.each(whole)('behind %s', (_name, serve) => {
  it('forms arrive as they were typed', async () => {
    const { microblog, ...rest } = blog();
    const person = await member(await serve({ microblog, ...rest }));
    expect((await person.submit('/posts', { body: TEXT })).status).toBe(303);
    const { items } = await microblog.timelines.public(null);
    expect(items.map(({ post }) => post.body)).toEqual([TEXT]);
  });

  it('the first of several fields of one name counts', async () => {
    const person = await member(await serve(blog()));
    const token = encodeURIComponent(await person.token('/'));
    const headers = { 'Content-Type': FORM };
    const body = `_csrf=${token}&body=one&body=two`;
    await person.request('/posts', { method: 'POST', headers, body });
    const { text } = await person.get('/');
    expect([text.includes('one'), text.includes('two')]).toEqual([true, false]);
  });

  it('more than 64 KB are too much', async () => {
    const person = visitor(`${await serve(blog())}/blog`);
    const answer = await person.send('/login', { login: 'x'.repeat(64 * 1024), password: PASSWORD });
    expect(answer.status).toBe(413);
  });

  it('what is no form is none', async () => {
    const person = visitor(`${await serve(blog())}/blog`);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x', Accept: 'application/json' };
    const body = '--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nada\r\n--x--\r\n';
    expect((await person.request('/login', { method: 'POST', headers, body })).status).toBe(415);
  });
});

describe('a form that something read before', () => {
  const readers: [name: string, serve: Serve][] = [
    [
      'Express',
      inExpress((req, _res, next) => {
        req.resume().once('end', next);
      }),
    ],
    [
      'Koa',
      inKoa(async (ctx, next) => {
        for await (const _ of ctx.req);
        await next();
      }),
    ],
  ];

  it.each(readers)(
    'and left nothing of is missed at once, with a remedy in the log: %s',
    async (_name, serve) => {
      const broken = blog();
      const person = visitor(`${await serve(broken)}/blog`);
      const answer = await person.request('/login', {
        method: 'POST',
        headers: { 'Content-Type': FORM, Accept: 'application/json' },
        body: 'login=ada',
      });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([500, 'body_already_read']);
      expect(broken.faults).toMatchObject([
        {
          code: 'body_already_read',
          err: { message: expect.stringMatching(/Mount the microblog before it/) },
        },
      ]);
    },
  );

  it('and left as nested fields holds no text there', async () => {
    const origin = await inExpress(express.urlencoded({ extended: true }))(blog());
    const person = visitor(`${origin}/blog`);
    const token = await person.token('/login');
    const answer = await person.send('/login', { _csrf: token, 'login[deep]': 'ada', password: PASSWORD });
    expect([answer.status, valueIn(answer.text, 'login')]).toEqual([422, '']);
  });

  it('and kept as it was sent is refused where it is no text', async () => {
    const origin = await inKoa(bodyParser())(blog());
    const headers = { 'Content-Type': FORM };
    const answer = await visitor(`${origin}/blog`).request('/login', {
      method: 'POST',
      headers,
      body: 'a=%',
    });
    expect(answer.status).toBe(400);
  });
});
