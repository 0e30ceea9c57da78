import { describe } from 'vitest';
import { visitExample } from '../../tests/support/mounted-example.ts';
import { buildApp } from './app.js';

describe('a microblog under /blog of another application in Koa', () => {
  visitExample(async (settings) => {
    const { app, close } = await buildApp(settings);
    return { server: app.callback(), close };
  });
});
