import express from 'express';
import { describe } from 'vitest';
import { mountSuite } from '../host-suite.ts';
import { hostOpener } from '../support/host.ts';
import { listening } from '../support/listening.ts';

const BASE_PATH = '/blog';

describe('in Express, by its base path alone', () => {
  mountSuite(
    hostOpener({
      basePath: BASE_PATH,
      serve: (app) => listening(express().use(app.callback())),
    }),
  );
});

describe('in Express, at a path and behind body parsers', () => {
  const open = hostOpener({
    basePath: BASE_PATH,
    serve: (app, path) =>
      listening(
        express()
          .use(express.json(), express.urlencoded({ extended: true }))
          .use(path, app.callback()),
      ),
    around: { formsAsSent: false },
  });
  mountSuite(open);
});
