import { describe } from 'vitest';
import { visitExample } from '../../tests/support/mounted-example.ts';
import { buildApp } from './app.js';

describe('a microblog under /blog of an application in Fastify', () => {
  visitExample(async (settings) => {
    const app = await buildApp(settings);
    await app.ready();
    return { server: app.server, close: () => app.close() };
  });
});
