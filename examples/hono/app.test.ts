import { describe } from 'vitest';
import { visitExample } from '../../tests/support/mounted-example.ts';
import { buildApp } from './app.js';

describe('a microblog under /blog of an application in Hono', () => {
  visitExample(buildApp);
});
