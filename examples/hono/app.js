import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { openBlog } from './blog.js';

/** @param {Parameters<typeof openBlog>[0]} settings */
export async function buildApp(settings) {
  const { blog, close } = await openBlog(settings);
  const app = new Hono();
  app.get('/', (c) => c.text('The microblog is under /blog.'));
  const [answer, rest] = [blog.callback(), getRequestListener(app.fetch)];
  const server = createServer((request, response) => {
    answer(request, response, () => rest(request, response));
  });
  return { server, close };
}
