import { describe, expect, it } from 'vitest';
import { operator, type Viewer, visitor } from './accounts/viewer.ts';
import { eventNames, type MicroblogEvent } from './events/event.ts';
import { isMicroblogError } from './kernel/errors.ts';
import { memoryJobQueue } from './memory/memory-job-queue.ts';
import type { Job, JobQueue } from './ports/job-queue.ts';
import { until } from './testing/contract/job-queue-case.ts';
import {
  everyMethod,
  type OwnersCall,
  PASSWORD,
  secrets,
  smallWorld,
  type World,
} from './testing/every-method.ts';

const privateKeys = new Set([
  'email',
  'emailVerifiedAt',
  'role',
  'locale',
  'settings',
  'mailOnFollow',
  'sessionEpoch',
  'suspendedAt',
  'passwordHash',
]);

const methods = Object.entries(everyMethod).flatMap(([service, calls]) =>
  Object.entries(calls).map(
    ([method, call]: [string, ((world: World, viewer: Viewer) => unknown) | OwnersCall]) => ({
      name: `${service}.${method}`,
      call: typeof call === 'function' ? call : call.asOwner,
      isOwner: typeof call !== 'function',
    }),
  ),
);

describe('the results of services', () => {
  it('are checked for every method', async () => {
    const { services } = await smallWorld();
    const namesOf = (of: object) => Object.entries(of).filter(([, value]) => typeof value === 'function');
    const found = Object.entries(services).flatMap(([service, of]) =>
      namesOf(of).map(([method]) => `${service}.${method}`),
    );
    expect(methods.map(({ name }) => name).sort()).toEqual(found.sort());
  });

  describe.each([
    ['a visitor', () => visitor],
    ['another member', ({ ben }: World) => ben],
  ])('to %s', (_, viewerIn) => {
    it.each(methods)('have nothing that is private to others: $name', async ({ call, isOwner }) => {
      const world = await smallWorld();
      const viewer = viewerIn(world);
      const leaks: string[] = [];
      const { result, failed } = await outcomeOf(() => call(world, viewer));
      await walk(result, isOwner ? 'all' : (viewer?.id ?? null), 'result', leaks);
      expect(leaks).toEqual([]);
      // A call that fails shows nothing of its result.
      if (viewer !== null && !failed) return;
      const refusals = ['sign_in_required', 'forbidden', 'sign_in_failed'];
      if (failed) expect(refusals).toContain((result as { code: string }).code);
    });
  });

  it('would fail this check as records of a storage', async () => {
    const leaks: string[] = [];
    const { ada } = await smallWorld();
    await walk({ items: [{ author: ada }] }, null, 'result', leaks);
    expect(leaks).toContain('result.items.0.author.email');
    expect(leaks).toContain('result.items.0.author.sessionEpoch');
  });

  it.each(Object.entries(secrets))('would fail this check by a secret value: %s', async (_, secret) => {
    const leaks: string[] = [];
    await walk(new Map([['x', [secret]]]), null, 'result', leaks);
    expect(leaks).toHaveLength(1);
  });
});

describe('events', () => {
  it('of every kind happen to people with secrets in these tests', async () => {
    const { received } = await eventfulWorld();
    expect(new Set(received.map(({ name }) => name))).toEqual(new Set(eventNames));
  });

  it('have nothing private when subscribers receive them', async () => {
    const { received } = await eventfulWorld();
    expect(await leaksIn(received)).toEqual([]);
  });

  it('have nothing private in the jobs that the queue keeps for them', async () => {
    const { kept } = await eventfulWorld();
    const jobs = kept.filter(({ name }) => !name.startsWith('account.mail-'));
    expect(jobs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(eventNames.map((name) => `event.${name}.test`)),
    );
    expect(jobs.map(({ name }) => name)).toContain('follow.notify');
    expect(await leaksIn(jobs)).toEqual([]);
  });

  it('leave only the address in jobs of account mails, and the language of a deleted account', async () => {
    const { kept } = await eventfulWorld();
    const mails = kept.filter(({ name }) => name.startsWith('account.mail-'));
    const known = mails.map(({ name, payload: { email, locale, ...rest } }) => {
      expect(email).toEqual(expect.any(String));
      expect(locale === undefined || name === 'account.mail-goodbye').toBe(true);
      return rest;
    });
    expect(mails.length).toBeGreaterThan(0);
    expect(await leaksIn(known)).toEqual([]);
  });

  it('would fail this check with an address in a fact', async () => {
    const [event] = (await eventfulWorld()).received;
    expect(await leaksIn([{ ...event, by: secrets.address }])).toEqual(['0.by']);
  });
});

/** All kinds of events, caused by people with secrets and about them. Returns once the subscribers have received them. */
async function eventfulWorld() {
  const queue = memoryJobQueue();
  const kept: Job[] = [];
  const jobs: JobQueue = {
    ...queue,
    enqueue(given, options) {
      kept.push(...[given].flat());
      return queue.enqueue(given, options);
    },
  };
  const world = await smallWorld({ jobs });
  const { microblog, ada, ben } = world;
  const { accounts, users, posts, follows } = microblog;
  const received: MicroblogEvent[] = [];
  for (const name of eventNames) {
    microblog.on(name, (event) => void received.push(event), { subscriber: 'test' });
  }
  for (const [one, other] of [
    [ada, 'ben'],
    [ben, 'ada'],
  ] as const) {
    await follows.unfollow(one, other);
    await follows.follow(one, other);
  }
  const post = await posts.publish(ada, { body: 'hello' });
  await posts.delete(operator, post.id);
  await posts.delete(ada, (await posts.publish(ada, { body: 'hello again' })).id);
  await accounts.requestPasswordReset({ email: secrets.address });
  await accounts.setPassword(operator, { nickname: 'ada', password: PASSWORD });
  await accounts.changeEmail(ada, { email: 'other@example.org', password: PASSWORD });
  await users.editProfile(ada, { nickname: 'ada', aboutMe: 'hello' });
  await users.changeSettings(ada, { mailOnFollow: true });
  await accounts.suspend(operator, 'ada');
  await accounts.unsuspend(operator, 'ada');
  await accounts.setRole(operator, 'ada', 'admin');
  await accounts.remove(operator, 'ada');
  await accounts.remove(operator, 'cyd');
  const { address: email, locale, role, subject: externalId } = secrets;
  await accounts.register(operator, { nickname: 'eve', password: PASSWORD, email, locale, role });
  await users.provision(operator, { nickname: 'fay', email: secrets.addressOfSuspended, externalId, locale });
  await jobs.start(microblog.jobHandlers);
  await until(async () => {
    const { waiting, running } = await jobs.statistics();
    return waiting + running === 0;
  });
  await jobs.stop();
  return { kept, received };
}

async function leaksIn(values: readonly object[]): Promise<string[]> {
  const leaks: string[] = [];
  for (const [index, value] of values.entries()) await walk(value, null, String(index), leaks);
  return leaks;
}

async function outcomeOf(call: () => unknown): Promise<{ result: unknown; failed: boolean }> {
  try {
    const returned: unknown = await call();
    return { result: isAsyncIterable(returned) ? await collected(returned) : returned, failed: false };
  } catch (error) {
    if (!isMicroblogError(error)) throw error;
    return { result: { code: error.code, message: error.message, details: error.details }, failed: true };
  }
}

/** Reports the paths of private values. The account of `owner` may have its own fields. */
async function walk(value: unknown, owner: string | null, path: string, leaks: string[]): Promise<void> {
  if (isSecret(value)) leaks.push(path);
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  if (isAsyncIterable(value)) return walk(await collected(value), owner, path, leaks);
  if (value instanceof Map || value instanceof Set) return walk([...value], owner, path, leaks);
  const own = owner === 'all' || (owner !== null && 'id' in value && value.id === owner);
  for (const key of Reflect.ownKeys(value)) {
    const at = `${path}.${String(key)}`;
    if (privateKeys.has(String(key)) && !own) leaks.push(at);
    const inner: unknown = Reflect.get(value, key);
    await walk(inner, own ? 'all' : owner, at, leaks);
  }
}

function isSecret(value: unknown): boolean {
  return Object.values(secrets).some((secret) => {
    if (secret instanceof Date) {
      if (value instanceof Date) return value.getTime() === secret.getTime();
      return typeof value === 'string' && value.includes(secret.toISOString());
    }
    if (typeof secret === 'number') return value === secret;
    // Short values may be part of other texts.
    if (secret.startsWith('marker')) return typeof value === 'string' && value.includes(secret);
    return value === secret;
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function collected(from: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of from) all.push(each);
  return all;
}
