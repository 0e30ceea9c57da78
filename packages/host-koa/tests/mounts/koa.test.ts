import Koa from 'koa';
import mount from 'koa-mount';
import { describe } from 'vitest';
import { mountSuite } from '../host-suite.ts';
import { hostOpener } from '../support/host.ts';
import { listening } from '../support/listening.ts';

describe('in Koa, by koa-mount', () => {
  mountSuite(
    hostOpener({
      basePath: '/blog',
      serve(app, path) {
        const host = new Koa();
        // Koa prints, for every application, that a client has left.
        host.silent = true;
        return listening(host.use(mount(path, app)).callback());
      },
    }),
  );
});
