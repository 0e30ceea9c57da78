import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import type { Storage } from '../ports/storage.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { recordingMailer } from '../testing/recording-mailer.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { eventNames, type MicroblogEvent } from './event.ts';

/** A microblog in memory with a subscriber that records all events. */
function recordingMicroblog(setUp: (microblog: ReturnType<typeof testMicroblog>) => void = () => {}) {
  const microblog = testMicroblog();
  const events: MicroblogEvent[] = [];
  setUp(microblog);
  for (const name of eventNames) microblog.on(name, (event) => void events.push(event));
  const settled = () =>
    until(async () => {
      const { waiting, running } = await microblog.jobs.statistics();
      return waiting + running === 0;
    });
  return { ...microblog, events, settled };
}

describe('events', () => {
  it('report a post after it was published', async () => {
    const { posts, member, events, settled, clock } = recordingMicroblog();
    const ada = await member('ada');
    const post = await posts.publish(ada, { body: 'Hello' });
    await settled();
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'post.published',
        occurredAt: clock.now().toISOString(),
        postId: post.id,
        authorId: ada.id,
      },
    ]);
  });

  it('report a deleted post, and the user who deleted it', async () => {
    const { posts, member, events, settled } = recordingMicroblog();
    const [ada, guard] = [await member('ada'), await member('guard', { role: 'moderator' })];
    const [own, removed] = [
      await posts.publish(ada, { body: 'one' }),
      await posts.publish(ada, { body: 'two' }),
    ];
    await posts.delete(ada, own.id);
    await posts.delete(guard, removed.id);
    await settled();
    expect(events.filter(({ name }) => name === 'post.deleted')).toMatchObject([
      { postId: own.id, authorId: ada.id, deletedBy: ada.id },
      { postId: removed.id, authorId: ada.id, deletedBy: guard.id },
    ]);
  });

  it('report what the operator deleted, who has no account', async () => {
    const { accounts, posts, member, events, settled } = recordingMicroblog();
    const ada = await member('ada');
    const [one, two] = [await posts.publish(ada, { body: 'one' }), await posts.publish(ada, { body: 'two' })];
    await posts.delete(operator, one.id);
    await accounts.remove(operator, 'ada');
    await settled();
    expect(events.filter(({ name }) => name.endsWith('.deleted'))).toMatchObject([
      { name: 'post.deleted', postId: one.id, deletedBy: '0' },
      { name: 'post.deleted', postId: two.id, deletedBy: '0' },
      { name: 'user.deleted', userId: ada.id, deletedBy: '0' },
    ]);
  });

  it('report a new account', async () => {
    const { accounts, events, settled } = recordingMicroblog();
    const password = 'correct horse';
    const user = await accounts.register(visitor, { nickname: 'ada', email: 'ada@example.org', password });
    await settled();
    expect(events).toMatchObject([{ name: 'user.registered', userId: user.id, nickname: 'ada' }]);
    expect(JSON.stringify(events)).not.toMatch(/example|horse/);
  });

  it('report follows that began or ended, and no call that changed nothing', async () => {
    const { follows, member, events, settled } = recordingMicroblog();
    const [ada, ben] = [await member('ada'), await member('ben')];
    const pair = { followerId: ada.id, followedId: ben.id };
    await follows.unfollow(ada, 'ben');
    await follows.follow(ada, 'ben');
    await follows.follow(ada, 'ben');
    await follows.unfollow(ada, 'ben');
    await follows.unfollow(ada, 'ben');
    await settled();
    expect(events).toMatchObject([
      { name: 'user.followed', ...pair },
      { name: 'user.unfollowed', ...pair },
    ]);
  });

  it('do not report a refused change', async () => {
    const { posts, follows, accounts, member, events, settled } = recordingMicroblog();
    const [ada, ben] = [await member('ada'), await member('ben')];
    const post = await posts.publish(ada, { body: 'Hello' });
    await settled();
    events.length = 0;
    await rejectsWith(posts.publish(ada, { body: ' ' }), 'invalid_input');
    await rejectsWith(posts.publish(null, { body: 'Hello' }), 'sign_in_required');
    await rejectsWith(posts.delete(ben, post.id), 'forbidden');
    await rejectsWith(follows.follow(ada, 'ada'), 'self_follow');
    const taken = { nickname: 'ADA', email: 'new@example.org', password: 'correct horse' };
    await rejectsWith(accounts.register(visitor, taken), 'nickname_taken');
    await settled();
    expect(events).toEqual([]);
  });

  it('do not report a transaction that was rolled back', async () => {
    const broken = brokenCommits(memoryStorage());
    const microblog = testMicroblog({}, { storage: broken.storage });
    const events: unknown[] = [];
    microblog.on('post.published', (event) => events.push(event));
    const ada = await microblog.member('ada');
    broken.break();
    await expect(microblog.posts.publish(ada, { body: 'Hello' })).rejects.toThrow('on purpose');
    broken.mend();
    await microblog.posts.publish(ada, { body: 'again' });
    await until(async () => events.length > 0);
    expect(events).toHaveLength(1);
    expect((await microblog.timelines.public(visitor)).items).toHaveLength(1);
  });

  it('survive JSON', async () => {
    const { posts, member, events, settled } = recordingMicroblog();
    await posts.publish(await member('ada'), { body: 'Hello' });
    await settled();
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it('have types with exactly the facts of their name', () => {
    const { on } = testMicroblog();
    on('user.followed', ({ followerId, followedId }) => [followerId, followedId]);
    // @ts-expect-error Follows have no `postId`.
    on('user.followed', ({ postId }) => postId);
    // @ts-expect-error There is no such event.
    expect(() => on('post.edited', () => {})).toThrow();
  });

  it('arrive when their post can be read', async () => {
    const { posts, member, on } = testMicroblog();
    const found = Promise.withResolvers<unknown>();
    on('post.published', async ({ postId }) => found.resolve((await posts.show(visitor, postId)).post.body));
    await posts.publish(await member('ada'), { body: 'Hello' });
    expect(await found.promise).toBe('Hello');
  });

  it('cost no transaction without a subscriber', async () => {
    const storage = memoryStorage();
    const transactions: string[] = [];
    const counting: Storage = {
      ...storage,
      transaction: (work) => {
        transactions.push('begun');
        return storage.transaction(work);
      },
    };
    const microblog = testMicroblog({}, { storage: counting });
    const [ada] = [await microblog.member('ada'), await microblog.member('ben')];
    microblog.on('user.registered', () => {});
    const change = async () => {
      await microblog.posts.delete(ada, (await microblog.posts.publish(ada, { body: 'Hello' })).id);
      await microblog.follows.follow(ada, 'ben');
      await microblog.follows.unfollow(ada, 'ben');
    };
    await change();
    expect(transactions).toEqual([]);
    for (const name of eventNames) microblog.on(name, () => {});
    await change();
    expect(transactions).toHaveLength(4);
  });
});

describe('follow mails', () => {
  it('are sent for the same event that subscribers receive', async () => {
    const mailer = recordingMailer();
    const { on, follows, member } = testMicroblog({}, { mailer });
    const events: MicroblogEvent[] = [];
    on('user.followed', (event) => events.push(event));
    const [ada] = [await member('ada'), await member('ben', { emailVerifiedAt: new Date() })];
    await follows.follow(ada, 'ben');
    await until(async () => events.length === 1 && mailer.sent.length === 1);
  });
});

/** A storage whose transactions fail at their end, after all writes, between `break` and `mend`. */
function brokenCommits(storage: Storage) {
  let broken = false;
  const failing: Storage = {
    ...storage,
    transaction: (work) =>
      storage.transaction(async (transaction) => {
        const result = await work(transaction);
        if (broken) throw new Error('on purpose');
        return result;
      }),
  };
  return {
    storage: failing,
    break: () => {
      broken = true;
    },
    mend: () => {
      broken = false;
    },
  };
}
