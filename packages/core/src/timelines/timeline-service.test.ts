import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import type { Page } from '../kernel/page.ts';
import type { Entry } from '../reading/entry.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

const bodies = (page: Page<Entry>) => page.items.map(({ post }) => post.body);

/** John follows Mary and not Jim. Each has published posts. */
async function withPosts() {
  const microblog = testMicroblog({ postsPerPage: 2 });
  const { member, posts, follows, clock } = microblog;
  const [john, mary, jim] = [await member('john'), await member('mary'), await member('jim')];
  await follows.follow(john, 'mary');
  for (const [author, body] of [
    [john, 'john 1'],
    [mary, 'mary 1'],
    [jim, 'jim 1'],
    [mary, 'mary 2'],
  ] as const) {
    clock.advance(1000);
    await posts.publish(author, { body });
  }
  return { ...microblog, john, mary, jim };
}

describe('timelines.home', () => {
  it('holds own posts and those of people followed, newest first, in pages', async () => {
    const { timelines, john } = await withPosts();
    const page = await timelines.home(john);
    expect(bodies(page)).toEqual(['mary 2', 'mary 1']);
    expect(bodies(await timelines.home(john, { before: page.next ?? '' }))).toEqual(['john 1']);
  });

  it('holds only own posts for a member who follows no one', async () => {
    const { timelines, jim } = await withPosts();
    expect(bodies(await timelines.home(jim))).toEqual(['jim 1']);
  });

  it('also holds the older posts of a newly followed person', async () => {
    const { timelines, follows, jim } = await withPosts();
    await follows.follow(jim, 'mary');
    expect(bodies(await timelines.home(jim, { limit: 10 }))).toEqual(['mary 2', 'jim 1', 'mary 1']);
  });

  it('asks visitors to sign in', async () => {
    const { timelines } = await withPosts();
    await rejectsWith(timelines.home(visitor), 'sign_in_required');
  });
});

describe('timelines.public', () => {
  it('holds the posts of all authors, newest first', async () => {
    const { timelines } = await withPosts();
    const page = await timelines.public(visitor, { limit: 10 });
    expect(page.items.map(({ post, author }) => `${author.nickname}: ${post.body}`)).toEqual([
      'mary: mary 2',
      'jim: jim 1',
      'mary: mary 1',
      'john: john 1',
    ]);
  });

  it('continues from a cursor whose post was deleted meanwhile', async () => {
    const { timelines, posts, mary } = await withPosts();
    const page = await timelines.public(visitor);
    const last = page.items.at(-1);
    await posts.delete({ ...mary, role: 'moderator' }, last?.post.id ?? '');
    expect(bodies(await timelines.public(visitor, { before: page.next ?? '' }))).toEqual([
      'mary 1',
      'john 1',
    ]);
  });

  it('keeps its place when new posts arrive', async () => {
    const { timelines, posts, john, clock } = await withPosts();
    const page = await timelines.public(visitor);
    clock.advance(1000);
    await posts.publish(john, { body: 'late' });
    expect(bodies(await timelines.public(visitor, { before: page.next ?? '' }))).toEqual([
      'mary 1',
      'john 1',
    ]);
    expect(bodies(await timelines.public(visitor, { after: page.items[0]?.post.id ?? '' }))).toEqual([
      'late',
    ]);
  });

  it('is empty if there are no posts', async () => {
    const { timelines } = testMicroblog();
    expect(await timelines.public(visitor)).toEqual({ items: [], next: null, previous: null });
  });
});

describe('timelines.ofAuthor', () => {
  it('holds the posts of one author', async () => {
    const { timelines, mary } = await withPosts();
    expect(bodies(await timelines.ofAuthor(visitor, mary))).toEqual(['mary 2', 'mary 1']);
  });
});

describe('the number of newer posts', () => {
  it('is counted at home and in public, from the newest post that the reader has seen', async () => {
    const { timelines, posts, john, mary, jim } = await withPosts();
    const seen = (await timelines.public(visitor)).items[0]?.post.id ?? '';
    expect(await timelines.newerAtHome(john, seen)).toEqual({ count: 0, more: false });
    for (const author of [mary, jim, john]) await posts.publish(author, { body: 'new' });
    expect(await timelines.newerAtHome(john, seen)).toEqual({ count: 2, more: false });
    expect(await timelines.newerInPublic(visitor, seen)).toEqual({ count: 3, more: false });
  });

  it('is that of all posts if the reader has seen none', async () => {
    const { timelines, john } = await withPosts();
    expect(await timelines.newerAtHome(john)).toEqual({ count: 3, more: false });
    expect(await timelines.newerInPublic(visitor)).toEqual({ count: 4, more: false });
  });

  it('is at most fifty, with a flag if there are more', async () => {
    const { timelines, posts, john, mary } = await withPosts();
    const seen = (await timelines.home(john)).items[0]?.post.id ?? '';
    for (let number = 0; number < 50; number++) await posts.publish(mary, { body: String(number) });
    expect(await timelines.newerAtHome(john, seen)).toEqual({ count: 50, more: false });
    await posts.publish(mary, { body: 'one more' });
    expect(await timelines.newerAtHome(john, seen)).toEqual({ count: 50, more: true });
    expect(await timelines.newerInPublic(john, seen)).toEqual({ count: 50, more: true });
  });

  it('is refused at home to visitors and the suspended', async () => {
    const { timelines, john, clock } = await withPosts();
    await rejectsWith(timelines.newerAtHome(visitor), 'sign_in_required');
    const suspended = { ...john, suspendedAt: clock.now() };
    await rejectsWith(timelines.newerAtHome(suspended), 'account_suspended');
  });
});

describe('every timeline', () => {
  it('refuses an invalid cursor', async () => {
    const { timelines, john } = await withPosts();
    await rejectsWith(timelines.newerAtHome(john, 'x'), 'invalid_cursor');
    await rejectsWith(timelines.newerInPublic(john, '1'.repeat(30)), 'invalid_cursor');
    await rejectsWith(timelines.home(john, { before: 'x' }), 'invalid_cursor');
    await rejectsWith(timelines.public(visitor, { after: '1'.repeat(30) }), 'invalid_cursor');
    await rejectsWith(timelines.ofAuthor(visitor, john, { before: '1', after: '2' }), 'invalid_cursor');
  });
});
