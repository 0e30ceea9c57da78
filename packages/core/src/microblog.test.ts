import { describe, expect, it } from 'vitest';
import { visitor } from './accounts/viewer.ts';
import { memoryStorage } from './memory/memory-storage.ts';
import { createMicroblog } from './microblog.ts';
import type { MicroblogOptions } from './microblog-options.ts';
import { rejectsWith } from './testing/contract/contract-case.ts';
import { rejectedWith } from './testing/rejected-with.ts';
import { testMicroblog } from './testing/test-microblog.ts';

const john = { nickname: 'john', email: 'john@example.org', password: 'correct horse' };

describe('createMicroblog', () => {
  it('needs only a storage', async () => {
    const microblog = createMicroblog({ storage: memoryStorage() });
    const user = await microblog.accounts.register(visitor, john);
    const post = await microblog.posts.publish(user, { body: 'Hello' });
    const page = await microblog.timelines.home(user);
    expect(page.items).toMatchObject([
      { post: { id: post.id, body: 'Hello' }, author: { nickname: 'john' } },
    ]);
    expect(Math.abs(Date.now() - post.createdAt.getTime())).toBeLessThan(60_000);
    await expect(
      microblog.accounts.signIn({ login: 'john', password: 'correct horse' }),
    ).resolves.toBeDefined();
  });

  it('returns the options in force', () => {
    expect(createMicroblog({ storage: memoryStorage() }).options).toEqual({
      postMaxLength: 140,
      postsPerPage: 50,
      maxSearchResults: 50,
      registration: 'open',
      emailHashes: 'none',
    });
  });

  it('has search off without an index', () => {
    expect(createMicroblog({ storage: memoryStorage() }).search.enabled).toBe(false);
  });

  it.each([
    ['postMaxLength', 0],
    ['postMaxLength', 10_001],
    ['postsPerPage', 201],
    ['postsPerPage', 1.5],
    ['registration', 'maybe'],
  ])('refuses the option %s of %j', (name, value) => {
    const options = { [name]: value } as Partial<MicroblogOptions>;
    const error = rejectedWith('invalid_input', () => createMicroblog({ storage: memoryStorage() }, options));
    expect(error.details.fields).toMatchObject([{ field: name, problem: 'wrong_type' }]);
  });

  it('says what it expected of each wrong option', () => {
    const options = { postMaxLength: '280', postsPerPage: 0, registration: 1, emailHashes: 'yes' } as never;
    expect(() => createMicroblog({ storage: memoryStorage() }, options)).toThrow(
      "createMicroblog: postMaxLength: expected a whole number from 1 to 5000; postsPerPage: expected a whole number from 1 to 200; registration: expected 'open' or 'closed'; emailHashes: expected 'none', 'confirmed' or 'all'",
    );
  });

  it.each([undefined, null, {}, { storage: undefined }, { storage: 'memory' }])(
    'says which port is missing, given %j',
    (ports) => {
      expect(() => createMicroblog(ports as never)).toThrow(
        "createMicroblog: the port 'storage' is missing: give it memoryStorage() or postgresStorage(…)",
      );
    },
  );

  it('reads and writes nothing by itself', () => {
    const untouchable = new Proxy(
      {},
      { get: () => new Proxy({}, { get: () => expect.fail('the storage was touched') }) },
    );
    expect(() => createMicroblog({ storage: untouchable as never })).not.toThrow();
  });
});

describe('two microblogs in one process', () => {
  it('share no people, posts, options or log', async () => {
    const small = testMicroblog({ postMaxLength: 3, registration: 'open' });
    const closed = testMicroblog({ registration: 'closed' });
    const user = await small.accounts.register(visitor, john);
    await small.posts.publish(user, { body: 'abc' });

    await rejectsWith(closed.accounts.register(visitor, john), 'registration_closed');
    await rejectsWith(closed.accounts.signIn(john as never), 'invalid_input');
    await rejectsWith(closed.accounts.signIn({ login: 'john', password: john.password }), 'sign_in_failed');
    await rejectsWith(closed.posts.publish(user, { body: 'a longer post' }), 'user_not_found');
    expect((await closed.timelines.public(visitor)).items).toEqual([]);
    await rejectsWith(small.posts.publish(user, { body: 'a longer post' }), 'invalid_input');
  });

  it('may share a storage, and then see the same', async () => {
    const storage = memoryStorage();
    const [one, other] = [testMicroblog({}, { storage }), testMicroblog({}, { storage })];
    const user = await one.accounts.register(visitor, john);
    await other.posts.publish(user, { body: 'Hello' });
    expect((await one.timelines.home(user)).items).toHaveLength(1);
  });
});
