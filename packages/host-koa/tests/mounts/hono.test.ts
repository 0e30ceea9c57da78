import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { describe } from 'vitest';
import { mountSuite } from '../host-suite.ts';
import { hostOpener } from '../support/host.ts';
import { listening } from '../support/listening.ts';

describe('in front of Hono, on its Node server', () => {
  mountSuite(
    hostOpener({
      basePath: '/blog',
      serve(app) {
        const host = new Hono().all('*', (c) => c.text('the host'));
        const [answer, rest] = [app.callback(), getRequestListener(host.fetch)];
        return listening((request, response) => {
          answer(request, response, () => void rest(request, response));
        });
      },
    }),
  );
});
