import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { JOB_ATTEMPTS } from '../jobs/job-policy.ts';
import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import { createMicroblog } from '../microblog.ts';
import type { Storage } from '../ports/storage.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { manualTime } from '../testing/manual-time.ts';
import { recordingMailer } from '../testing/recording-mailer.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { type EventName, eventNames, type MicroblogEvent } from './event.ts';

const DAY = 24 * 60 * 60 * 1000;

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

/** A microblog whose test moves the clock: jobs wait until `pass`. */
function timed() {
  const { clock, timer, pass } = manualTime();
  const jobs = memoryJobQueue({ clock, timer });
  return { ...testMicroblog({}, { clock, jobs }), jobs, pass };
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

describe('microblog.on', () => {
  it('works with only a storage, without `start`', async () => {
    const microblog = createMicroblog({ storage: memoryStorage() });
    const notified = Promise.withResolvers<MicroblogEvent<'user.registered'>>();
    microblog.on('user.registered', notified.resolve);
    await microblog.accounts.register(visitor, {
      nickname: 'ada',
      email: 'ada@example.org',
      password: 'correct horse',
    });
    expect((await notified.promise).nickname).toBe('ada');
  });

  it('works if `start` is called before or after it', async () => {
    const { on, start, posts, member, stop } = testMicroblog();
    const names: string[] = [];
    on('post.published', ({ name }) => names.push(name), { subscriber: 'before' });
    await start();
    on('post.published', ({ name }) => names.push(name), { subscriber: 'after' });
    await posts.publish(await member('ada'), { body: 'Hello' });
    await until(async () => names.length === 2);
    await stop();
  });

  it('returns a function that ends the subscription', async () => {
    const { on, posts, member, jobs } = testMicroblog();
    const [first, second]: [string[], string[]] = [[], []];
    const off = on('post.published', ({ postId }) => first.push(postId));
    on('post.published', ({ postId }) => second.push(postId));
    const ada = await member('ada');
    await posts.publish(ada, { body: 'one' });
    await until(async () => first.length + second.length === 2);
    off();
    await posts.publish(ada, { body: 'two' });
    await until(async () => second.length === 2);
    expect(first).toHaveLength(1);
    expect(await jobs.statistics()).toMatchObject({ waiting: 0 });
    // A new subscriber takes the free number; calling `off` again must not end it.
    on('post.published', ({ postId }) => first.push(postId));
    off();
    await posts.publish(ada, { body: 'three' });
    await until(async () => first.length === 2 && second.length === 3);
  });

  it('keeps waiting jobs for the next subscriber with the same name', async () => {
    const { on, posts, member, jobs, jobHandlers } = timed();
    const off = on('post.published', () => expect.fail('it is off'), { subscriber: 'index' });
    const post = await posts.publish(await member('ada'), { body: 'Hello' });
    off();
    await jobs.start(jobHandlers);
    expect(await jobs.statistics()).toMatchObject({ waiting: 1, failed: 0 });
    const notified = Promise.withResolvers<string>();
    on('post.published', ({ postId }) => notified.resolve(postId), { subscriber: 'index' });
    expect(await notified.promise).toBe(post.id);
    await jobs.stop();
  });

  it('refuses an unknown event, and lists the known ones', () => {
    const error = rejectedWith('invalid_input', () =>
      testMicroblog().on('post.publish' as EventName, () => {}),
    );
    expect(error.message).toMatch(/post\.published, post\.deleted/);
  });

  it.each(['', 'a b', 'a.b', 'x'.repeat(31), 'é'])('refuses %j as the name of a subscriber', (subscriber) => {
    rejectedWith('invalid_input', () => testMicroblog().on('post.deleted', () => {}, { subscriber }));
  });

  it('accepts the longest subscriber name for the longest event name', async () => {
    const { on, follows, member } = testMicroblog();
    const notified = Promise.withResolvers<void>();
    on('user.unfollowed', () => notified.resolve(), { subscriber: 'x'.repeat(30) });
    const [ada] = [await member('ada'), await member('ben')];
    await follows.follow(ada, 'ben');
    await follows.unfollow(ada, 'ben');
    await notified.promise;
  });

  it('warns about a subscriber without a name only if jobs outlive the process', () => {
    const lasting = { ...memoryJobQueue(), lasting: true };
    const { on, logged } = testMicroblog({}, { jobs: lasting });
    on('post.published', () => {}, { subscriber: 'index' });
    expect(logged).toEqual([]);
    on('post.published', () => {});
    expect(logged).toMatchObject([{ level: 'warn', details: { event: 'post.published' } }]);
    const inMemory = testMicroblog();
    inMemory.on('post.published', () => {});
    expect(inMemory.logged).toEqual([]);
  });

  it('refuses a second subscriber with the same name for the same event, but not for another event', () => {
    const { on } = testMicroblog();
    on('post.published', () => {}, { subscriber: 'index' });
    on('post.deleted', () => {}, { subscriber: 'index' });
    const again = () => on('post.published', () => {}, { subscriber: 'index' });
    expect(rejectedWith('invalid_input', again).message).toMatch(/another name/);
  });
});

describe('a handler that fails', () => {
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('on purpose');
      },
    ],
    ['rejects', () => Promise.reject(new Error('on purpose'))],
    ['rejects with nothing', () => Promise.reject()],
  ])('because it %s is called again alone, with the same event id', async (_how, fail) => {
    const { on, posts, member, jobs, jobHandlers, pass } = timed();
    const [failing, other]: [string[], string[]] = [[], []];
    on('post.published', ({ id }) => {
      failing.push(id);
      if (failing.length < 3) return fail();
      return undefined;
    });
    on('post.published', ({ id }) => other.push(id));
    await jobs.start(jobHandlers);
    const post = await posts.publish(await member('ada'), { body: 'Hello' });
    expect(post.body).toBe('Hello');
    for (const attempts of [1, 2]) {
      await until(async () => failing.length === attempts && (await jobs.statistics()).scheduled === 1);
      pass(DAY);
    }
    await until(async () => failing.length === 3 && (await jobs.statistics()).running === 0);
    expect(new Set([...failing, ...other]).size).toBe(1);
    expect(other).toHaveLength(1);
    expect(await jobs.statistics()).toMatchObject({ waiting: 0, scheduled: 0, failed: 0 });
    await jobs.stop();
  });

  it('five times is not called again, and the failure is logged', async () => {
    const { on, start, stop, posts, member, jobs, pass, logged } = timed();
    on('post.published', () => Promise.reject(new Error('on purpose')), { subscriber: 'index' });
    await start();
    await posts.publish(await member('ada'), { body: 'Hello' });
    for (let attempt = 1; attempt < JOB_ATTEMPTS; attempt++) {
      await until(async () => (await jobs.statistics()).scheduled === 1);
      pass(DAY);
    }
    await until(async () => (await jobs.statistics()).failed === 1);
    expect(logged).toMatchObject([
      { level: 'error', details: { job: 'event.post.published.index', err: { message: 'on purpose' } } },
    ]);
    await stop();
  });

  it('because it takes too long is aborted, counts as failed, and blocks no other handler', async () => {
    const { on, posts, member, jobs, jobHandlers } = timed();
    const signals: AbortSignal[] = [];
    const late = Promise.withResolvers<void>();
    const hang = (_event: MicroblogEvent, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return late.promise;
    };
    // The queue runs this many jobs at once.
    for (let n = 0; n < 4; n++) on('post.published', hang, { timeoutMilliseconds: 5 });
    const notified: string[] = [];
    on('post.published', ({ postId }) => notified.push(postId), { subscriber: 'quick' });
    await jobs.start(jobHandlers);
    await posts.publish(await member('ada'), { body: 'Hello' });
    await until(async () => notified.length === 1 && (await jobs.statistics()).scheduled === 4);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
    // A late error is ignored.
    late.reject(new Error('much later'));
    await jobs.stop();
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
