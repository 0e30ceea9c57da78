import formbody from '@fastify/formbody';
import middie from '@fastify/middie';
import fastify from 'fastify';
import { describe } from 'vitest';
import { mountSuite } from '../host-suite.ts';
import { hostOpener } from '../support/host.ts';

describe('in Fastify', () => {
  const open = hostOpener({
    basePath: '/blog',
    async serve(app, path) {
      const host = fastify();
      await host.register(formbody);
      await host.register(middie);
      host.use(path, app.callback());
      await host.listen({ host: '127.0.0.1', port: 0 });
      return host.server;
    },
    around: { undecodablePaths: false },
  });
  mountSuite(open);
});
