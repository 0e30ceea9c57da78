import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { describe } from 'vitest';
import { hostSuite } from '../host-suite.ts';
import { hostOpener } from '../support/host.ts';
import { listening } from '../support/listening.ts';

describe('in Hono, on Node', () => {
  hostSuite(
    hostOpener({
      basePath: '/blog',
      serve(app, path) {
        const handle = app.callback();
        const host = new Hono<{ Bindings: HttpBindings }>();
        host.use(`${path}/*`, async ({ env }) => {
          await handle(env.incoming, env.outgoing);
          return RESPONSE_ALREADY_SENT;
        });
        return listening(getRequestListener(host.fetch));
      },
    }),
  );
});
