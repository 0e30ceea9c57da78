import { setTimeout as wait } from 'node:timers/promises';
import { embeddedStorage, migrate, postgresJobQueue, postgresStorage } from '../../src/index.ts';

// Enqueues jobs with a person each, and runs them, until it is killed. Tells its parent the number of each job
// that is committed ('kept'), of each that begins, and of each that ended ('done'). After
// so many have ended, those that begin never end: some are running when it is killed.
const [where = '', first = '0', ending = '0'] = process.argv.slice(2);
const storage = where.startsWith('postgres')
  ? postgresStorage({ connectionString: where, poolSize: 4 })
  : await embeddedStorage({ directory: where });
await migrate(storage);
const jobs = postgresJobQueue(storage, { pollMilliseconds: 50, lapseMilliseconds: 500 });
let ended = 0;
await jobs.start({
  'test.run': async ({ number }) => {
    process.send?.({ began: number });
    if (ended >= Number(ending)) await new Promise(() => {});
    await wait(20);
    ended++;
    process.send?.({ done: number });
  },
});
for (let number = Number(first); ; number++) {
  await storage.transaction(async (transaction) => {
    await transaction.users.takenNicknames(['ada']);
    await jobs.enqueue({ name: 'test.run', payload: { number } }, { transaction });
  });
  process.send?.({ kept: number });
  // The embedded database works without ever leaving the turn of the event loop, in which timers wait.
  await wait(5);
}
