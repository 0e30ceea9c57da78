import { describe, expect, it } from 'vitest';
import { type Viewer, visitor } from './accounts/viewer.ts';
import { isMicroblogError } from './kernel/errors.ts';
import { everyMethod, type OwnersCall, secrets, smallWorld, type World } from './testing/every-method.ts';

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
