import { setTimeout as wait } from 'node:timers/promises';
import { embeddedStorage, migrate, postgresJobQueue, postgresStorage } from '../../src/index.ts';

// Enqueues jobs, each with a user, and runs them until it is killed. Sends its parent the number of each job that is
// committed ('kept'), that begins, and that ended ('done'). After `ending` jobs have ended, those that begin never
// end: some are running when it is killed.
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
  // The embedded database works without leaving the current turn of the event loop, so timers would never fire.
  await wait(5);
}
