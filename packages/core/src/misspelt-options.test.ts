import { expect, it } from 'vitest';
import { createMicroblog, memoryJobQueue, memoryStorage } from './index.ts';

const misspelt = (options: object) => options as never;

it.each<[what: string, call: () => unknown, hint: string]>([
  [
    'a port',
    () => createMicroblog(misspelt({ storage: memoryStorage(), maler: null })),
    "createMicroblog: there is no option 'maler': did you mean 'mailer'?",
  ],
  [
    'a rule',
    () => createMicroblog({ storage: memoryStorage() }, misspelt({ postsPerpage: 5 })),
    "createMicroblog: there is no option 'postsPerpage': did you mean 'postsPerPage'?",
  ],
  [
    'an option of the storage in memory',
    () => memoryStorage(misspelt({ log: null })),
    "memoryStorage: there is no option 'log': the options are logger",
  ],
  [
    'an option of the queue in memory',
    () => memoryJobQueue(misspelt({ timers: null })),
    "memoryJobQueue: there is no option 'timers': did you mean 'timer'?",
  ],
])('%s that is misspelt is refused', (_, call, hint) => {
  expect(call).toThrow(hint);
});
