import { expect, it } from 'vitest';
import { embeddedStorage, migrate, migrationStatus, postgresJobQueue, postgresStorage } from './index.ts';

const misspelt = (options: object) => options as never;
/** Never used: options are checked first. */
const storage = {} as never;

it.each<[what: string, call: () => unknown, hint: string]>([
  [
    'postgresStorage',
    () => postgresStorage(misspelt({ connectionString: 'postgres://localhost/blog', poolsize: 4 })),
    "postgresStorage: there is no option 'poolsize': did you mean 'poolSize'?",
  ],
  [
    'embeddedStorage',
    () => embeddedStorage(misspelt({ directory: './data', shema: 'blog' })),
    "embeddedStorage: there is no option 'shema': did you mean 'schema'?",
  ],
  [
    'postgresJobQueue',
    () => postgresJobQueue(storage, misspelt({ pollMiliseconds: 5 })),
    "postgresJobQueue: there is no option 'pollMiliseconds': did you mean 'pollMilliseconds'?",
  ],
  [
    'migrate',
    () => migrate(storage, misspelt({ too: '0001' })),
    "migrate: there is no option 'too': did you mean 'to'?",
  ],
  [
    'migrationStatus',
    () => migrationStatus(storage, misspelt({ timeout: 5 })),
    "migrationStatus: there is no option 'timeout': the options are statementTimeout",
  ],
])('%s refuses a misspelt option', async (_, call, hint) => {
  await expect(async () => call()).rejects.toThrow(hint);
});
