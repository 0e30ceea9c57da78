import { describe } from 'vitest';
import { hostSuite } from './host-suite.ts';
import { hostOpener } from './support/host.ts';
import { serverStorage } from './support/server-storage.ts';

describe('on a Postgres server', () => hostSuite(hostOpener({ openStorage: () => serverStorage() })));
