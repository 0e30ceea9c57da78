import assert from 'node:assert/strict';
import type { UserId } from '../../kernel/ids.ts';
import type { Repositories } from '../../ports/storage.ts';
import { unrestrictedReader } from '../../reading/may-read.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';

const absentUser = '4611686018427387904' as UserId;

const insideCases = casesOf('transactions', {
  'a successful transaction is stored, and returns the result of its work': async (storage) => {
    const build = builders();
    const id = await storage.transaction(async ({ users, posts, credentials }) => {
      const user = await users.insert(build.user());
      await credentials.save({ userId: user.id, passwordHash: 'x', changedAt: user.createdAt });
      await posts.insert(build.post(user.id));
      assert.equal((await users.find(user.id))?.postCount, 1);
      return user.id;
    });
    assert.equal((await storage.users.find(id))?.postCount, 1);
    assert.notEqual(await storage.credentials.find(id), null);
  },
  'a failed transaction changes nothing, and throws the error of its work': async (storage) => {
    const build = builders();
    const kept = await storage.users.insert(build.user());
    const failure = new Error('on purpose');
    const attempt = storage.transaction(async ({ users, posts, follows }) => {
      const user = await users.insert(build.user());
      await posts.insert(build.post(kept.id));
      await follows.insert(build.follow(user.id, kept.id));
      await users.update(kept.id, { aboutMe: 'changed' });
      throw failure;
    });
    await assert.rejects(attempt, (error) => error === failure);
    assert.deepEqual((await storage.users.list({ limit: 10 })).items, [kept]);
    assert.deepEqual((await storage.posts.listAll(unrestrictedReader, { limit: 10 })).items, []);
  },
  'a failed write rolls back the writes before it': async (storage) => {
    const build = builders();
    await storage.users.insert(build.user({ nickname: 'ada' }));
    const attempt = storage.transaction(async ({ users }) => {
      await users.insert(build.user({ nickname: 'ben' }));
      await users.insert(build.user({ nickname: 'ADA' }));
    });
    await rejectsWith(attempt, 'nickname_taken');
    assert.equal(await storage.users.findByNickname('ben'), null);
  },
  'a failed write rolls back everything even if the work catches the error': async (storage) => {
    const build = builders();
    await storage.users.insert(build.user({ nickname: 'ada' }));
    const attempt = storage.transaction(async ({ users }) => {
      await users.insert(build.user({ nickname: 'ben' }));
      await rejectsWith(users.insert(build.user({ nickname: 'ADA' })), 'nickname_taken');
      return 'as if nothing had happened';
    });
    await rejectsWith(attempt, 'nickname_taken');
    assert.equal(await storage.users.findByNickname('ben'), null);
  },
  'after a failed call every read and write fails with the same error': async (storage) => {
    const build = builders();
    const ada = await storage.users.insert(build.user({ nickname: 'ada' }));
    const attempt = storage.transaction(async ({ users, posts, credentials }) => {
      await rejectsWith(users.insert(build.user({ nickname: 'ADA' })), 'nickname_taken');
      await rejectsWith(users.find(ada.id), 'nickname_taken');
      await rejectsWith(posts.insert(build.post(ada.id)), 'nickname_taken');
      const credential = { userId: ada.id, passwordHash: 'x', changedAt: ada.createdAt };
      await rejectsWith(credentials.save(credential), 'nickname_taken');
    });
    await rejectsWith(attempt, 'nickname_taken');
    assert.equal(await storage.credentials.find(ada.id), null);
  },
  'a failed write rolls back everything even if the work does not await it': async (storage) => {
    const build = builders();
    const attempt = storage.transaction(async ({ users, posts }) => {
      await users.insert(build.user({ nickname: 'ben' }));
      void posts.insert(build.post(absentUser)).catch(() => {});
    });
    await rejectsWith(attempt, 'user_not_found');
    assert.equal(await storage.users.findByNickname('ben'), null);
  },
  'a write that the work does not await belongs to the transaction': async (storage) => {
    const build = builders();
    const writes: Promise<unknown>[] = [];
    await storage.transaction(async ({ users }) => {
      writes.push(users.insert(build.user({ nickname: 'ben' })));
    });
    assert.notEqual(await storage.users.findByNickname('ben'), null);
    await Promise.all(writes);
  },
  'a failed transaction writes nothing that its work did not await': async (storage) => {
    const build = builders();
    const writes: Promise<unknown>[] = [];
    const failure = new Error('on purpose');
    const attempt = storage.transaction(async ({ users }) => {
      writes.push(users.insert(build.user()).catch(() => {}));
      throw failure;
    });
    await assert.rejects(attempt, (error) => error === failure);
    await Promise.all(writes);
    assert.deepEqual((await storage.users.list({ limit: 10 })).items, []);
  },
  'afterCommit callbacks are not called without a commit': async (storage) => {
    const build = builders();
    await storage.users.insert(build.user({ nickname: 'ada' }));
    const acts: string[] = [];
    const thrown = storage.transaction(async ({ afterCommit }) => {
      afterCommit(() => acts.push('thrown'));
      throw new Error('on purpose');
    });
    await assert.rejects(thrown);
    const caught = storage.transaction(async ({ users, afterCommit }) => {
      afterCommit(() => acts.push('caught'));
      await rejectsWith(users.insert(build.user({ nickname: 'ada' })), 'nickname_taken');
    });
    await rejectsWith(caught, 'nickname_taken');
    assert.deepEqual(acts, []);
  },
  'after its end, every read and write of a transaction fails and changes nothing': async (storage) => {
    const build = builders();
    const user = await storage.users.insert(build.user());
    const ended: Repositories[] = [];
    await storage.transaction(async (transaction) => void ended.push(transaction));
    const failed = storage.transaction(async (transaction) => {
      ended.push(transaction);
      throw new Error('on purpose');
    });
    await assert.rejects(failed);
    assert.equal(ended.length, 2);
    for (const { users, posts } of ended) {
      await rejectsWith(users.update(user.id, { aboutMe: 'late' }), 'storage_failed');
      await rejectsWith(posts.insert(build.post(user.id)), 'storage_failed');
      await rejectsWith(users.find(user.id), 'storage_failed');
    }
    assert.deepEqual(await storage.users.find(user.id), user);
  },
  'the storage still works after a failed transaction': async (storage) => {
    const build = builders();
    await assert.rejects(
      storage.transaction(async () => {
        throw new Error('on purpose');
      }),
    );
    const id = await storage.transaction(async ({ users }) => (await users.insert(build.user())).id);
    assert.notEqual(await storage.users.find(id), null);
  },
  'of several transactions that insert one nickname, exactly one is stored': async (storage) => {
    const build = builders();
    const attempt = () =>
      storage.transaction(async ({ users, posts }): Promise<UserId> => {
        const user = await users.insert(build.user({ nickname: 'ada' }));
        await posts.insert(build.post(user.id));
        return user.id;
      });
    const { values, reasons } = await settle([attempt(), attempt(), attempt()]);
    assert.equal(values.length, 1);
    for (const reason of reasons) await rejectsWith(Promise.reject(reason), 'nickname_taken');
    assert.equal((await storage.posts.listAll(unrestrictedReader, { limit: 10 })).items.length, 1);
  },
  'concurrent transactions lose no write': async (storage) => {
    const build = builders();
    const author = await storage.users.insert(build.user());
    await Promise.all(
      Array.from({ length: 10 }, () =>
        storage.transaction(async ({ posts }) => {
          await posts.insert(build.post(author.id));
          await posts.insert(build.post(author.id));
        }),
      ),
    );
    assert.equal((await storage.users.find(author.id))?.postCount, 20);
    assert.equal((await storage.posts.listAll(unrestrictedReader, { limit: 100 })).items.length, 20);
  },
});

const afterCommitCases = casesOf(
  'transactions',
  {
    'afterCommit callbacks are called in order after the commit, and see the writes': async (storage) => {
      const build = builders();
      const acts: string[] = [];
      const seen = Promise.withResolvers<unknown>();
      const id = await storage.transaction(async ({ users, afterCommit }) => {
        const user = await users.insert(build.user());
        afterCommit(() => acts.push('first'));
        afterCommit(() => seen.resolve(storage.users.find(user.id)));
        afterCommit(() => acts.push('last'));
        assert.deepEqual(acts, []);
        return user.id;
      });
      assert.deepEqual(acts, ['first', 'last']);
      assert.deepEqual(await seen.promise, await storage.users.find(id));
    },
    'an afterCommit callback that throws or rejects affects neither the transaction nor the others': async (
      storage,
    ) => {
      const acts: string[] = [];
      const id = await storage.transaction(async ({ users, afterCommit }) => {
        const user = await users.insert(builders().user());
        afterCommit(() => {
          throw new Error('on purpose');
        });
        afterCommit(async () => {
          throw new Error('on purpose, later');
        });
        afterCommit(() => acts.push('after them'));
        return user.id;
      });
      assert.deepEqual(acts, ['after them']);
      assert.notEqual(await storage.users.find(id), null);
    },
  },
  { ownCommits: true },
);

export const transactionCases = [...insideCases, ...afterCommitCases];
