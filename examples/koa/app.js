import Koa from 'koa';
import mount from 'koa-mount';
import { openBlog } from './blog.js';

/** @param {Parameters<typeof openBlog>[0]} settings */
export async function buildApp(settings) {
  const { blog, close } = await openBlog(settings);
  const app = new Koa();
  app.use(mount('/blog', blog));
  app.use((ctx) => {
    ctx.body = 'The microblog is under /blog.';
  });
  return { app, close };
}
