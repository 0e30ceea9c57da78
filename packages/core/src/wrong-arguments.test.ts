import { describe, expect, it } from 'vitest';
import { operator } from './accounts/viewer.ts';
import { isMicroblogError } from './kernel/errors.ts';
import { smallWorld } from './testing/every-method.ts';

/** Wrong arguments that a caller in JavaScript may pass. */
const wrong: readonly unknown[] = [
  undefined,
  null,
  5,
  Number.NaN,
  '',
  'a\0b',
  true,
  Symbol('wrong'),
  1n,
  {},
  [],
  Object.create(null),
  () => {},
];

const { services } = await smallWorld();
const methods = Object.entries(services).flatMap(([service, of]) =>
  Object.entries(of)
    .filter(([, value]) => typeof value === 'function')
    .map(([method]) => [service, method] as const),
);

describe('wrong arguments', () => {
  it.each(methods)('are refused with a code or accepted: %s.%s', async (service, method) => {
    const world = await smallWorld();
    const { ada, ben, post } = world;
    const call = async (...args: readonly unknown[]) => {
      const of: object = world.services[service as keyof typeof world.services];
      const returned: unknown = await Reflect.get(of, method)(...args);
      if (typeof returned === 'object' && returned !== null && Symbol.asyncIterator in returned) {
        for await (const _ of returned as AsyncIterable<unknown>);
      }
    };
    const faults: unknown[] = [];
    const attempt = async (...args: readonly unknown[]) => {
      try {
        await call(...args);
      } catch (error) {
        if (!isMicroblogError(error)) faults.push(error);
      }
    };
    await attempt();
    for (const each of wrong) await attempt(each, each, each, each);
    for (const viewer of [null, ben, operator]) {
      for (const second of [...wrong, 'ada', ada, ada.id, post.id]) {
        for (const third of wrong) await attempt(viewer, second, third, third);
      }
    }
    expect(faults).toEqual([]);
  });
});
