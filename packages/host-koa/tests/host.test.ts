import { describe } from 'vitest';
import { hostSuite } from './host-suite.ts';
import { hostOpener } from './support/host.ts';

describe('at the root', () => hostSuite(hostOpener()));

describe('under /blog', () => hostSuite(hostOpener({ basePath: '/blog' })));

describe('under /blog, with the users of another application', () =>
  hostSuite(hostOpener({ basePath: '/blog', signIn: 'host' })));
