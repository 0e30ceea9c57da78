import { createMicroblog, type IdentityInput, type Microblog } from '@microblog/core';
import { cheapPasswordHasher } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;
let microblog: Microblog;

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url, poolSize: 20 });
  await migrate(storage);
  microblog = createMicroblog({ storage, passwordHasher: cheapPasswordHasher() });
});

afterAll(async () => {
  await microblog.stop();
  await storage.close();
  await database.drop();
});

const identity = (subject: string, changes: Partial<IdentityInput> = {}): IdentityInput => ({
  ...{ issuer: 'https://id.example.org', subject, nickname: 'john' },
  ...{ email: `${subject}@example.org`, emailVerified: true },
  ...changes,
});
const times = <Result>(count: number, act: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));

describe('identities, at once', () => {
  it('of one person make one account', async () => {
    const all = await times(12, () => microblog.accounts.signInWithIdentity(identity('one')));
    expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
    expect(all.filter(({ outcome }) => outcome === 'registered')).toHaveLength(1);
  });

  it('of people with the same name make an account and a nickname for each', async () => {
    const all = await times(12, (n) => microblog.accounts.signInWithIdentity(identity(`namesake${n}`)));
    expect(new Set(all.map(({ user }) => user.nickname)).size).toBe(12);
  });

  it('at several providers with one verified address make one account', async () => {
    const all = await times(6, (n) =>
      microblog.accounts.signInWithIdentity(identity('many', { issuer: `https://id${n}.example.org` })),
    );
    expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
    expect(all.map(({ outcome }) => outcome).sort()).toEqual([...Array(5).fill('joined'), 'registered']);
  });

  it('leave one way to sign in when all links are removed', async () => {
    const { user } = await microblog.accounts.signInWithIdentity(identity('leaving'));
    await times(5, (n) => microblog.accounts.linkIdentity(user, identity(`leaving${n}`)));
    const all = await microblog.accounts.listIdentities(user);
    expect(all).toHaveLength(6);
    await Promise.allSettled(all.map(({ id }) => microblog.accounts.unlinkIdentity(user, id)));
    expect(await microblog.accounts.listIdentities(user)).toHaveLength(1);
  });

  it('are not linked to an account whose address changes meanwhile', async () => {
    for (let round = 0; round < 10; round++) {
      const email = `moving${round}@example.org`;
      const { user } = await microblog.accounts.signInWithIdentity(identity(`owner${round}`, { email }));
      const [{ outcome, user: other }] = await Promise.all([
        microblog.accounts.signInWithIdentity(identity(`comer${round}`, { email })),
        storage.users.update(user.id, { email: `moved${round}@example.org`, emailVerifiedAt: null }),
      ]);
      // The link is made before the change or after it, but never to an account that already has another address.
      const joined = outcome === 'joined';
      expect(other.id === user.id, outcome).toBe(joined);
      if (joined) expect(other.email).toBe(email);
    }
  });
});
