import { describe, expect, it } from 'vitest';
import type { Job, JobPayload } from '../ports/job-queue.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';

const event = { id: 'a', occurredAt: '2026-01-31T12:00:00.000Z' };

/** Runs one job to its end. Returns the failures that the queue reported. */
async function runJob({ jobs, jobHandlers }: ReturnType<typeof mailingMicroblog>, job: Job) {
  const failures: { readonly job: Job; readonly error: unknown }[] = [];
  await jobs.enqueue(job);
  await jobs.start(jobHandlers, { onFailure: (given, error) => failures.push({ job: given, error }) });
  await until(async () => {
    const { waiting, running } = await jobs.statistics();
    return waiting + running === 0;
  });
  await jobs.stop();
  return failures;
}

describe('a job with an invalid payload', () => {
  it.each<[string, JobPayload, string]>([
    ['follow.notify', { followerId: '1' }, 'followedId: required'],
    ['follow.notify', { followerId: 'ada', followedId: '2' }, 'followerId: wrong_type'],
    ['search.index', {}, 'postId: required'],
    ['search.remove', { postId: 7 }, 'postId: wrong_type'],
    ['account.mail-reset', { address: 'ada@example.org' }, 'email: required'],
    ['account.mail-confirmation', { userId: '1', email: 'ada@example.org' }, 'request: required'],
    [
      'account.mail-notice',
      { userId: '1', email: 'ada@example.org', notice: 'name_changed' },
      'notice: wrong_type',
    ],
    [
      'account.mail-notice',
      { userId: '1', email: 'ada@example.org', notice: 'identity_linked' },
      'issuer: required',
    ],
    ['account.mail-goodbye', { id: '1', nickname: 'ada', email: 'ada@example.org' }, 'locale: required'],
    ['event.post.published.test', { ...event, name: 'post.published', postId: '1' }, 'authorId: required'],
    [
      'event.post.published.test',
      { ...event, name: 'post.deleted', postId: '1', authorId: '2' },
      'name: wrong_type',
    ],
  ])('is given up at its first attempt, with its name and field: %s %j', async (name, payload, problem) => {
    const microblog = mailingMicroblog();
    microblog.on('post.published', () => expect.fail('no valid event'), { subscriber: 'test' });
    const failures = await runJob(microblog, { name, payload });
    expect(failures).toMatchObject([{ job: { name, payload }, error: { code: 'invalid_input' } }]);
    expect(String(failures[0]?.error)).toContain(`The job "${name}" has an invalid payload (${problem})`);
    expect(await microblog.jobs.statistics()).toMatchObject({ scheduled: 0, failed: 1 });
    expect(microblog.mailer.sent).toEqual([]);
  });
});

describe('a job of a newer release, with further facts', () => {
  it('is run without the unknown facts', async () => {
    const microblog = mailingMicroblog();
    const facts = { postId: '1', authorId: '2' };
    const received: unknown[] = [];
    microblog.on('post.published', (given) => received.push(given), { subscriber: 'test' });
    const payload = { ...event, name: 'post.published', ...facts, audience: 'everybody' };
    expect(await runJob(microblog, { name: 'event.post.published.test', payload })).toEqual([]);
    expect(received).toEqual([{ ...event, name: 'post.published', ...facts }]);
  });
});
