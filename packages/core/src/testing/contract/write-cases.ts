import assert from 'node:assert/strict';
import type { Repositories, Storage } from '../../ports/storage.ts';
import { casesOf, type StorageContractCase } from './contract-case.ts';
import {
  plantWorld,
  type ReadSample,
  type RepositorySamples,
  type SampleWorld,
  type WriteSample,
} from './repository-samples.ts';

type Plant = RepositorySamples<keyof Repositories>['plant'];
type WriteCall = WriteSample & { readonly name: string };

/** The rules for every writing method of every repository. */
export function writeCases(
  name: string,
  samples: { readonly plant: Plant; readonly calls: Readonly<Record<string, ReadSample | WriteSample>> },
): StorageContractCase[] {
  const writes: WriteCall[] = Object.entries(samples.calls).flatMap(([method, sample]) =>
    'write' in sample ? [{ name: `${name}.${method}`, ...sample }] : [],
  );
  const plant = async (storage: Storage): Promise<SampleWorld> => {
    const world = await plantWorld(storage);
    await samples.plant(storage, world);
    return world;
  };
  return casesOf(name, {
    'every write is rolled back with its transaction': async (storage) => {
      const world = await plant(storage);
      for (const { name, write, seen } of writes) {
        const before = await seen(storage, world);
        const failure = new Error('on purpose');
        const attempt = storage.transaction(async (inside) => {
          await write(inside, world);
          assert.notDeepEqual(await seen(inside, world), before, `${name} is seen in its transaction`);
          throw failure;
        });
        await assert.rejects(attempt, (error) => error === failure || Promise.reject(error));
        assert.deepEqual(await seen(storage, world), before, `${name} is undone`);
      }
    },
    'every write outside a transaction is stored while another transaction is open': async (storage) => {
      const world = await plant(storage);
      const bystander = await storage.users.insert(world.build.user());
      for (const { name, write, seen } of writes) {
        const before = await seen(storage, world);
        const opened = Promise.withResolvers<void>();
        const held = Promise.withResolvers<void>();
        const other = storage.transaction(async ({ users }) => {
          await users.update(bystander.id, { aboutMe: `meanwhile: ${name}` });
          opened.resolve();
          await held.promise;
        });
        await opened.promise;
        const written = write(storage, world);
        held.resolve();
        await Promise.all([written, other]);
        assert.notDeepEqual(await seen(storage, world), before, `${name} is kept`);
        assert.equal((await storage.users.find(bystander.id))?.aboutMe, `meanwhile: ${name}`);
      }
    },
  });
}
