import { afterAll, describe } from 'vitest';
import { hostSuite } from './host-suite.ts';
import { hostOpener } from './support/host.ts';
import { serverStorages } from './support/server-storages.ts';

const storages = serverStorages();
afterAll(() => storages.drop());

describe('on a Postgres server', () => hostSuite(hostOpener({ openStorage: () => storages.open() })));
