import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { JOB_ATTEMPTS } from '../jobs/job-policy.ts';
import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import { createMicroblog } from '../microblog.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { manualTime } from '../testing/manual-time.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { EventName, MicroblogEvent } from './event.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A microblog whose test moves the clock: jobs wait until `pass`. */
function timed() {
  const { clock, timer, pass } = manualTime();
  const jobs = memoryJobQueue({ clock, timer });
  return { ...testMicroblog({}, { clock, jobs }), jobs, pass };
}

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
