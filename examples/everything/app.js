import { createServer } from 'node:http';
import { openBlog } from './blog.js';

/** @param {Parameters<typeof openBlog>[0]} settings */
export async function buildApp(settings) {
  const { blog, close } = await openBlog(settings);
  const answer = blog.callback();
  const server = createServer((request, response) => {
    answer(request, response, () => response.end('The microblog is under /blog.'));
  });
  return { server, close };
}
