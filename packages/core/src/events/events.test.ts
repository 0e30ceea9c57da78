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

/** A microblog in memory that notes all events, as one subscriber. */
function heard(setUp: (microblog: ReturnType<typeof testMicroblog>) => void = () => {}) {
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

/** One whose jobs rest for as long as the test says. */
function timed() {
  const { clock, timer, pass } = manualTime();
  const jobs = memoryJobQueue({ clock, timer });
  return { ...testMicroblog({}, { clock, jobs }), jobs, pass };
}

describe('events', () => {
  it('tell of a post, after it was published', async () => {
    const { posts, member, events, settled, clock } = heard();
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

  it('tell of a post that was deleted, and by whom', async () => {
    const { posts, member, events, settled } = heard();
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

  it('tell of an account', async () => {
    const { accounts, events, settled } = heard();
    const password = 'correct horse';
    const user = await accounts.register(visitor, { nickname: 'ada', email: 'ada@example.org', password });
    await settled();
    expect(events).toMatchObject([{ name: 'user.registered', userId: user.id, nickname: 'ada' }]);
    expect(JSON.stringify(events)).not.toMatch(/example|horse/);
  });

  it('tell of follows that began and ended, not of those that changed nothing', async () => {
    const { follows, member, events, settled } = heard();
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

  it('say nothing of what was refused', async () => {
    const { posts, follows, accounts, member, events, settled } = heard();
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

  it('say nothing of a transaction that was undone', async () => {
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
    const { posts, member, events, settled } = heard();
    await posts.publish(await member('ada'), { body: 'Hello' });
    await settled();
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it('have the facts of their name alone, which the compiler knows', () => {
    const { on } = testMicroblog();
    on('user.followed', ({ followerId, followedId }) => [followerId, followedId]);
    // @ts-expect-error Follows tell of no post.
    on('user.followed', ({ postId }) => postId);
    // @ts-expect-error There is no such event.
    expect(() => on('post.edited', () => {})).toThrow();
  });

  it('find what they tell of in the storage', async () => {
    const { posts, member, on } = testMicroblog();
    const found = Promise.withResolvers<unknown>();
    on('post.published', async ({ postId }) => found.resolve((await posts.show(visitor, postId)).post.body));
    await posts.publish(await member('ada'), { body: 'Hello' });
    expect(await found.promise).toBe('Hello');
  });

  it('cost nothing where nobody listens', async () => {
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
  it('works with a storage alone: nothing has to be started', async () => {
    const microblog = createMicroblog({ storage: memoryStorage() });
    const told = Promise.withResolvers<MicroblogEvent<'user.registered'>>();
    microblog.on('user.registered', told.resolve);
    await microblog.accounts.register(visitor, {
      nickname: 'ada',
      email: 'ada@example.org',
      password: 'correct horse',
    });
    expect((await told.promise).nickname).toBe('ada');
  });

  it('may be started all the same, before and after', async () => {
    const { on, start, posts, member, stop } = testMicroblog();
    const names: string[] = [];
    on('post.published', ({ name }) => names.push(name), { subscriber: 'before' });
    await start();
    on('post.published', ({ name }) => names.push(name), { subscriber: 'after' });
    await posts.publish(await member('ada'), { body: 'Hello' });
    await until(async () => names.length === 2);
    await stop();
  });

  it('ends with what it returned', async () => {
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
    // The place is taken anew, and is not given up by who had it before.
    on('post.published', ({ postId }) => first.push(postId));
    off();
    await posts.publish(ada, { body: 'three' });
    await until(async () => first.length === 2 && second.length === 3);
  });

  it('keeps what is on its way for whoever has the same name next', async () => {
    const { on, posts, member, jobs, jobHandlers } = timed();
    const off = on('post.published', () => expect.fail('it is off'), { subscriber: 'index' });
    const post = await posts.publish(await member('ada'), { body: 'Hello' });
    off();
    await jobs.start(jobHandlers);
    expect(await jobs.statistics()).toMatchObject({ waiting: 1, failed: 0 });
    const told = Promise.withResolvers<string>();
    on('post.published', ({ postId }) => told.resolve(postId), { subscriber: 'index' });
    expect(await told.promise).toBe(post.id);
    await jobs.stop();
  });

  it('refuses an event that there is not, and says which there are', () => {
    const error = rejectedWith('invalid_input', () =>
      testMicroblog().on('post.publish' as EventName, () => {}),
    );
    expect(error.message).toMatch(/post\.published, post\.deleted/);
  });

  it.each(['', 'a b', 'a.b', 'x'.repeat(31), 'é'])('refuses %j as the name of a subscriber', (subscriber) => {
    rejectedWith('invalid_input', () => testMicroblog().on('post.deleted', () => {}, { subscriber }));
  });

  it('takes the longest name that there may be, for the longest event', async () => {
    const { on, follows, member } = testMicroblog();
    const told = Promise.withResolvers<void>();
    on('user.unfollowed', () => told.resolve(), { subscriber: 'x'.repeat(30) });
    const [ada] = [await member('ada'), await member('ben')];
    await follows.follow(ada, 'ben');
    await follows.unfollow(ada, 'ben');
    await told.promise;
  });

  it('warns of a subscriber without a name where jobs outlive the process, and nowhere else', () => {
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

  it('refuses a second subscriber of one name, for the same event only', () => {
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
  ])('because it %s is told again alone, with the same id', async (_how, fail) => {
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

  it('five times is given up, and the log says so', async () => {
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

  it('because it takes too long is told so, counts as failed, and keeps nobody else waiting', async () => {
    const { on, posts, member, jobs, jobHandlers } = timed();
    const signals: AbortSignal[] = [];
    const late = Promise.withResolvers<void>();
    const hang = (_event: MicroblogEvent, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return late.promise;
    };
    // As many as the queue runs at once.
    for (let n = 0; n < 4; n++) on('post.published', hang, { timeoutMilliseconds: 5 });
    const told: string[] = [];
    on('post.published', ({ postId }) => told.push(postId), { subscriber: 'quick' });
    await jobs.start(jobHandlers);
    await posts.publish(await member('ada'), { body: 'Hello' });
    await until(async () => told.length === 1 && (await jobs.statistics()).scheduled === 4);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
    // What comes of it by then is nobody's, and harms nobody.
    late.reject(new Error('much later'));
    await jobs.stop();
  });
});

describe('follow mails', () => {
  it('follow from the same event as what subscribers are told', async () => {
    const mailer = recordingMailer();
    const { on, follows, member } = testMicroblog({}, { mailer });
    const events: MicroblogEvent[] = [];
    on('user.followed', (event) => events.push(event));
    const [ada] = [await member('ada'), await member('ben', { emailVerifiedAt: new Date() })];
    await follows.follow(ada, 'ben');
    await until(async () => events.length === 1 && mailer.sent.length === 1);
  });
});

/** A storage whose transactions may fail at their end, when all was written. */
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
