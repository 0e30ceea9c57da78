import middie from '@fastify/middie';
import fastify from 'fastify';
import { openBlog } from './blog.js';

/** @param {Parameters<typeof openBlog>[0]} settings */
export async function buildApp(settings) {
  const { blog, close } = await openBlog(settings);
  const app = fastify();
  await app.register(middie);
  app.use(blog.callback());
  app.addHook('onClose', close);
  app.get('/', () => 'The microblog is under /blog.');
  return app;
}
