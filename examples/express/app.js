import express from 'express';
import { openBlog } from './blog.js';

/** @param {Parameters<typeof openBlog>[0]} settings */
export async function buildApp(settings) {
  const { blog, close } = await openBlog(settings);
  const app = express();
  app.use(blog.callback());
  app.get('/', (_request, response) => void response.send('The microblog is under /blog.'));
  return { app, close };
}
