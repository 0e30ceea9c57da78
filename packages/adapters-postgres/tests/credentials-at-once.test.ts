import { createMicroblog, isMicroblogError, type Microblog, operator, type User } from '@microblog/core';
import { cheapPasswordHasher, recordingMailer } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

const password = 'correct horse';
const another = 'another horse';
const ROUNDS = 8;

let database: TestDatabase;
let storage: PostgresStorage;
let microblog: Microblog;
const mailer = recordingMailer();

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url, poolSize: 20 });
  await migrate(storage);
  microblog = createMicroblog({ storage, passwordHasher: cheapPasswordHasher(), mailer });
});

afterAll(async () => {
  await microblog.stop();
  await storage.close();
  await database.drop();
});

function register(nickname: string): Promise<User> {
  return microblog.accounts.register(null, { nickname, email: `${nickname}@example.org`, password });
}
async function secretIn(address: string, subject: RegExp): Promise<string> {
  const mail = () =>
    mailer.sent.findLast(({ to, ...one }) => to.includes(address) && subject.test(one.subject));
  await expect.poll(mail).toBeDefined();
  return /[\w-]{43}/.exec(mail()?.text ?? '')?.[0] ?? '';
}
/** The number of calls that succeeded. A refusal is accepted, a database fault such as a deadlock is not. */
async function done(acts: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(acts);
  const faults = outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  for (const fault of faults) {
    expect(
      isMicroblogError(fault) && /token_invalid|invalid_input|last_admin|user_not_found/.test(fault.code),
      String(fault),
    ).toBe(true);
  }
  return outcomes.length - faults.length;
}

describe('concurrent changes of a password', () => {
  it('by links and in the settings run one after another, and each ends all sessions', async () => {
    const { accounts } = microblog;
    for (let round = 0; round < ROUNDS; round++) {
      const user = await register(`many${round}`);
      const email = `many${round}@example.org`;
      await accounts.requestPasswordReset({ email });
      const confirmation = await secretIn(email, /Confirm/);
      const token = await secretIn(email, /new password/);
      const ending = await done([
        accounts.resetPassword({ token, password: another }),
        accounts.changePassword(user, { currentPassword: password, password: 'a third horse' }),
        accounts.signOutEverywhere(user),
        accounts.resetPassword({ token, password: 'a fourth horse' }),
      ]);
      await done([
        accounts.confirmEmail(user, confirmation),
        accounts.cancelEmailChange(user),
        accounts.signOutEverywhere(user),
      ]);
      expect((await storage.users.find(user.id))?.sessionEpoch).toBe(ending + 1);
      expect(await storage.accountTokens.listByUser(user.id, 'reset_password')).toEqual([]);
      expect(await storage.accountTokens.listByUser(user.id, 'confirm_email')).toEqual([]);
    }
  });

  it('from the same current password: only one succeeds', async () => {
    const { accounts } = microblog;
    for (let round = 0; round < ROUNDS; round++) {
      const user = await register(`once${round}`);
      const wanted = Array.from({ length: 5 }, (_, n) => `horse of number ${n}`);
      const changes = wanted.map((word) =>
        accounts.changePassword(user, { currentPassword: password, password: word }),
      );
      expect(await done(changes)).toBe(1);
      expect((await storage.users.find(user.id))?.sessionEpoch).toBe(1);
    }
  });
});

describe('concurrent decisions of administrators', () => {
  it('end sessions once for each call that succeeds', async () => {
    const { accounts } = microblog;
    const user = await register('suspended');
    for (let round = 0; round < ROUNDS; round++) {
      const { sessionEpoch: before = 0 } = (await storage.users.find(user.id)) ?? {};
      await Promise.all([accounts.suspend(operator, 'suspended'), accounts.signOutEverywhere(user)]);
      expect(await storage.users.find(user.id)).toMatchObject({ sessionEpoch: before + 2 });
      await accounts.unsuspend(operator, 'suspended');
    }
  });

  it('always leave one administrator', async () => {
    const { accounts } = microblog;
    for (let round = 0; round < ROUNDS; round++) {
      const names = ['one', 'two', 'three'].map((name) => `${name}${round}`);
      const users = await Promise.all(names.map(register));
      const [one, two, three] = await Promise.all(
        users.map((user) => accounts.setRole(operator, user.nickname, 'admin')),
      );
      if (one === undefined || two === undefined || three === undefined) return expect.fail('nobody there');
      await done([
        accounts.delete(one, { password }),
        accounts.setRole(one, two.nickname, 'member'),
        accounts.suspend(two, three.nickname),
        accounts.setRole(three, three.nickname, 'member'),
        accounts.suspend(three, one.nickname),
      ]);
      expect(await storage.users.hasAdminBeside('0' as User['id'])).toBe(true);
      for (const nickname of names) await accounts.remove(operator, nickname).catch(() => {});
    }
  });
});
