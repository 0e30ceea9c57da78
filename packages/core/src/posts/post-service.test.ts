import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { composeId, type Id, type PostId, type UserId } from '../kernel/ids.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { Post } from './post.ts';

const ABSENT = ['42', '1'.repeat(30), '', '0', '-1', 'abc', '1; drop table posts', '\0'];

/** Returns the sequence numbers in turn, then the last one again and again. */
function idsOf(...sequence: readonly number[]): IdGenerator {
  const left = [...sequence];
  return {
    next: <Kind extends Id>() => composeId<Kind>(1, (left.length > 1 ? left.shift() : left[0]) ?? 0),
  };
}

describe('posts.publish', () => {
  it('publishes a post of the viewer, now', async () => {
    const { posts, member, clock, storage } = testMicroblog();
    const john = await member('john');
    const post = await posts.publish(john, { body: ' Hello\r\nworld ' });
    expect(post).toMatchObject({
      authorId: john.id,
      body: 'Hello\nworld',
      language: null,
      createdAt: clock.now(),
    });
    expect(await storage.posts.find(post.id)).toEqual(post);
  });

  it.each([
    ['es', 'es'],
    ['PT-br', 'pt-BR'],
    [null, null],
    ['no language', null],
  ])('stores the language that the detector is certain of: %s', async (found, kept) => {
    const asked: string[] = [];
    const detect = async (text: string) => {
      asked.push(text);
      return found;
    };
    const { posts, member, storage } = testMicroblog({}, { languageDetector: { detect } });
    const { id } = await posts.publish(await member('john'), { body: ' Hola a todos ' });
    expect((await storage.posts.find(id))?.language).toBe(kept);
    expect(asked).toEqual(['Hola a todos']);
  });

  it('publishes without a language if the detector fails', async () => {
    const detect = () => Promise.reject(new Error('no such file'));
    const { posts, member, logged } = testMicroblog({}, { languageDetector: { detect } });
    expect((await posts.publish(await member('john'), { body: 'Hola' })).language).toBeNull();
    expect(logged).toMatchObject([{ level: 'warn' }]);
  });

  it('refuses visitors and the suspended before it checks the input', async () => {
    const { posts, member, clock } = testMicroblog();
    await rejectsWith(posts.publish(visitor, { body: '' }), 'sign_in_required');
    await rejectsWith(
      posts.publish(await member('john', { suspendedAt: clock.now() }), { body: '' }),
      'account_suspended',
    );
  });

  it('writes nothing if the body is refused', async () => {
    const { posts, member, timelines } = testMicroblog();
    const john = await member('john');
    const error = await rejectsWith(posts.publish(john, { body: 'a'.repeat(141) }), 'invalid_input');
    expect(error.details.fields).toMatchObject([{ field: 'body', problem: 'too_long' }]);
    expect((await timelines.public(visitor)).items).toEqual([]);
  });

  it('accepts posts up to the length that the microblog allows', async () => {
    const { posts, member } = testMicroblog({ postMaxLength: 5 });
    const john = await member('john');
    await expect(posts.publish(john, { body: '12345' })).resolves.toBeDefined();
    await rejectsWith(posts.publish(john, { body: '123456' }), 'invalid_input');
  });

  it('tries again with a new id when the first one is in use', async () => {
    const { posts, member, timelines } = testMicroblog({}, { ids: idsOf(1, 1, 1, 2) });
    const john = await member('john');
    await posts.publish(john, { body: 'first' });
    await posts.publish(john, { body: 'second' });
    expect((await timelines.public(visitor)).items.map(({ post }) => post.body)).toEqual(['second', 'first']);
  });

  it('fails if the id generator repeats itself, and writes no post', async () => {
    const { posts, member, timelines } = testMicroblog({}, { ids: idsOf(1) });
    const john = await member('john');
    await posts.publish(john, { body: 'first' });
    await rejectsWith(posts.publish(john, { body: 'second' }), 'id_clash');
    expect((await timelines.public(visitor)).items).toHaveLength(1);
  });

  it('reports that the account is gone', async () => {
    const { posts } = testMicroblog();
    const gone = { id: '77' as UserId, role: 'member', suspendedAt: null } as const;
    await rejectsWith(posts.publish(gone, { body: 'Hello' }), 'user_not_found');
  });
});

describe('posts.show', () => {
  it('shows a post with its author to everyone', async () => {
    const { posts, member } = testMicroblog();
    const john = await member('john');
    const post = await posts.publish(john, { body: 'Hello' });
    expect(await posts.show(visitor, post.id)).toMatchObject({ post, author: { nickname: 'john' } });
  });

  it.each(ABSENT)('finds no post by the id %j', async (id) => {
    const error = await rejectsWith(testMicroblog().posts.show(visitor, id), 'post_not_found');
    expect(String(error.details.id).length).toBeLessThanOrEqual(40);
  });
});

describe('posts.delete', () => {
  async function withPost() {
    const microblog = testMicroblog();
    const john = await microblog.member('john');
    const post = await microblog.posts.publish(john, { body: 'Hello' });
    return { ...microblog, john, post };
  }

  it('lets authors delete their own posts, without a line in the log', async () => {
    const { posts, john, post, logged, storage } = await withPost();
    expect(await posts.delete(john, post.id)).toEqual(post);
    expect(await storage.posts.find(post.id)).toBeNull();
    expect(logged).toEqual([]);
  });

  it('lowers the count of posts', async () => {
    const { posts, users, john, post } = await withPost();
    expect(await users.show(visitor, 'john')).toMatchObject({ postCount: 1 });
    await posts.delete(john, post.id);
    expect(await users.show(visitor, 'john')).toMatchObject({ postCount: 0 });
  });

  it('forbids other members to delete the post', async () => {
    const { posts, member, post, storage } = await withPost();
    await rejectsWith(posts.delete(await member('mary'), post.id), 'forbidden');
    expect(await storage.posts.find(post.id)).toEqual(post);
  });

  it.each(['moderator', 'admin'] as const)('lets a %s delete any post, and logs it', async (role) => {
    const { posts, member, john, post, logged } = await withPost();
    const moderator = await member('mary', { role });
    await posts.delete(moderator, post.id);
    expect(logged).toMatchObject([
      { level: 'info', details: { postId: post.id, authorId: john.id, moderatorId: moderator.id } },
    ]);
  });

  it('lets an admin job delete any post', async () => {
    const { posts, post, storage } = await withPost();
    await posts.delete(operator, post.id);
    expect(await storage.posts.find(post.id)).toBeNull();
  });

  it('asks visitors to sign in', async () => {
    const { posts, post } = await withPost();
    await rejectsWith(posts.delete(visitor, post.id), 'sign_in_required');
  });

  it('stops the suspended, whatever their role', async () => {
    const { posts, member, clock, post } = await withPost();
    const suspended = await member('mary', { role: 'moderator', suspendedAt: clock.now() });
    await rejectsWith(posts.delete(suspended, post.id), 'account_suspended');
  });

  it.each(ABSENT)('finds no post by the id %j', async (id) => {
    const { posts, john } = await withPost();
    await rejectsWith(posts.delete(john, id), 'post_not_found');
  });

  it('succeeds once if two callers delete at the same time', async () => {
    const { posts, john, post } = await withPost();
    const outcomes = await Promise.allSettled([
      posts.delete(john, post.id),
      posts.delete(john, post.id as PostId),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('posts.own', () => {
  it('returns all of the viewer’s posts, the newest first, page by page', async () => {
    const { member, posts } = testMicroblog();
    const [ada, ben] = [await member('ada'), await member('ben')];
    const ids: string[] = [];
    for (let n = 0; n < 401; n++) ids.unshift((await posts.publish(ada, { body: `post ${n}` })).id);
    await posts.publish(ben, { body: 'by another member' });
    const pages: (readonly Post[])[] = [];
    for await (const page of posts.own(ada)) pages.push(page);
    expect(pages.map(({ length }) => length)).toEqual([200, 200, 1]);
    expect(pages.flat().map(({ id }) => id)).toEqual(ids);
  });

  it('reads a page only when the caller requests it', async () => {
    const { member, posts } = testMicroblog();
    const ada = await member('ada');
    for (let n = 0; n < 201; n++) await posts.publish(ada, { body: `post ${n}` });
    const pages = posts.own(ada);
    const { value: [newest] = [] } = await pages.next();
    const [oldest] = (await posts.own(ada).next()).value?.slice(-1) ?? [];
    await posts.publish(ada, { body: 'meanwhile' });
    expect(newest?.body).toBe('post 200');
    expect((await pages.next()).value).toHaveLength(1);
    expect(oldest?.body).toBe('post 1');
    expect((await pages.next()).done).toBe(true);
  });

  it('is for members', async () => {
    const { posts } = testMicroblog();
    await rejectsWith(posts.own(visitor).next(), 'sign_in_required');
  });
});
