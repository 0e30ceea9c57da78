import {
  memorySearchIndex,
  memoryStorage,
  type SearchIndex,
  searchOff,
  silentLogger,
  unrestrictedReader,
} from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { describe, expect, it } from 'vitest';
import { type SampleContent, sampleContents } from './sample-content.ts';

function content(): SampleContent {
  const build = builders();
  const people = [build.user(), build.user()].map((user) => ({ ...user, aboutMe: 'A sample.' }));
  const [ada, ben] = people.map(({ id }) => id);
  if (ada === undefined || ben === undefined) throw new Error('Expected two people.');
  return { people, follows: [build.follow(ada, ben)], posts: [build.post(ada), build.post(ben)] };
}

function service(search: SearchIndex = searchOff) {
  const storage = memoryStorage();
  const passwordHasher = {
    hash: async (password: string) => `hash of ${password}`,
    verify: async () => true,
  };
  return { storage, samples: sampleContents({ storage, passwordHasher, search, logger: silentLogger }) };
}

describe('sampleContent.add', () => {
  it('adds everything, and reports each step', async () => {
    const { storage, samples } = service();
    const sample = content();
    let [total, steps] = [0, 0];
    const onStart = (number: number) => {
      total = number;
    };
    expect(await samples.add(sample, { onStart, onStep: () => steps++ })).toBe(true);
    expect([total, steps]).toEqual([5, 5]);
    expect(await storage.users.findByNickname(sample.people[0]?.nickname ?? '')).toMatchObject({
      aboutMe: 'A sample.',
      postCount: 1,
      followingCount: 1,
    });
  });

  it('lets people sign in only if a password is given', async () => {
    const sample = content();
    const id = sample.people[0]?.id;
    if (id === undefined) throw new Error('Expected a person.');
    const without = service();
    await without.samples.add(sample);
    expect(await without.storage.credentials.find(id)).toBe(null);
    const withPassword = service();
    await withPassword.samples.add(sample, { password: 'open' });
    expect(await withPassword.storage.credentials.find(id)).toMatchObject({ passwordHash: 'hash of open' });
  });

  it('adds nothing twice', async () => {
    const { storage, samples } = service();
    const sample = content();
    await samples.add(sample);
    expect(await samples.add(sample)).toBe(false);
    expect((await storage.posts.listAll(unrestrictedReader, { limit: 10 })).items).toHaveLength(2);
  });

  it('adds nothing when its signal aborts', async () => {
    const { storage, samples } = service();
    const leaving = new AbortController();
    const adding = samples.add(content(), { signal: leaving.signal, onStart: () => leaving.abort() });
    await expect(adding).rejects.toMatchObject({ name: 'AbortError' });
    expect((await storage.users.list({ limit: 10 })).items).toEqual([]);
  });

  it('adds the posts to a started index only; another is filled later', async () => {
    const begun = memorySearchIndex();
    await begun.add([], { complete: true, reached: null });
    await service(begun).samples.add(content());
    expect((await begun.status()).posts).toBe(2);
    const untouched = memorySearchIndex();
    await service(untouched).samples.add(content());
    expect((await untouched.status()).posts).toBe(0);
  });
});
