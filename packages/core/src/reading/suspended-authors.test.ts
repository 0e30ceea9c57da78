import { describe, expect, it } from 'vitest';
import { operator, type Viewer, visitor } from '../accounts/viewer.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { fakeTranslator } from '../testing/fake-translator.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

/** Mary, who is suspended, and Ada, who is not, have published posts. All others follow both. */
async function withSuspended() {
  const microblog = testMicroblog({}, { search: memorySearchIndex(), translator: fakeTranslator() });
  const { storage, build, clock, member } = microblog;
  const mary = await member('mary', { suspendedAt: clock.now() });
  const ada = await member('ada');
  const hidden = build.post(mary.id, { body: 'tea by mary', language: 'en' });
  const shown = build.post(ada.id, { body: 'tea by ada', language: 'en' });
  for (const post of [hidden, shown]) await storage.posts.insert(post);
  const follower = async (nickname: string, role: 'member' | 'moderator' | 'admin') => {
    const account = await member(nickname, { role });
    for (const { id } of [mary, ada]) await storage.follows.insert(build.follow(account.id, id));
    return account;
  };
  await microblog.search.fill();
  const readers = {
    visitor,
    member: await follower('ben', 'member'),
    moderator: await follower('moe', 'moderator'),
    administrator: await follower('adele', 'admin'),
    operator,
  };
  await microblog.translation.translate(readers.moderator, hidden.id, { to: 'es' });
  await microblog.translation.translate(readers.moderator, shown.id, { to: 'es' });
  return { ...microblog, mary, ada, hidden, shown, readers };
}

type World = Awaited<ReturnType<typeof withSuspended>>;
type ReaderName = keyof World['readers'];

const bodies = ({ items }: { readonly items: readonly { readonly post: { readonly body: string } }[] }) =>
  items.map(({ post }) => post.body).sort();

const others: readonly ReaderName[] = ['visitor', 'member'];
const moderators: readonly ReaderName[] = ['moderator', 'administrator', 'operator'];

/** Every way to read posts, with the texts that it finds. */
const ways: Readonly<Record<string, (world: World, viewer: Viewer) => Promise<readonly string[]>>> = {
  'timelines.public': async ({ timelines }, viewer) => bodies(await timelines.public(viewer)),
  'timelines.ofAuthor': async ({ timelines, users }, viewer) => {
    const pages = await Promise.all(
      ['ada', 'mary'].map(async (name) => timelines.ofAuthor(viewer, await users.show(viewer, name))),
    );
    return pages.flatMap(bodies);
  },
  'search.posts': async ({ search }, viewer) => bodies(await search.posts(viewer, { query: 'tea' })),
  'search.posts by nickname': async ({ search }, viewer) =>
    bodies(await search.posts(viewer, { query: 'from:ada from:mary' })),
  'posts.show': async ({ posts, hidden, shown }, viewer) => {
    const found = await Promise.allSettled([shown, hidden].map(({ id }) => posts.show(viewer, id)));
    return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value.post.body] : []));
  },
  'translation.kept': async ({ translation, hidden, shown }, viewer) => {
    const kept = await Promise.all([shown, hidden].map(({ id }) => translation.kept(viewer, id, 'es')));
    return kept.flatMap((one) => one?.text.slice(4, -1) ?? []);
  },
  'translation.kept of entries that a moderator has read': async (world, viewer) => {
    const { translation, posts, hidden, shown } = world;
    const entries = await Promise.all([shown, hidden].map(({ id }) => posts.show(operator, id)));
    const kept = await Promise.all(entries.map((entry) => translation.kept(viewer, entry, 'es')));
    return kept.flatMap((one) => one?.text.slice(4, -1) ?? []);
  },
};

const membersWays: typeof ways = {
  'timelines.home': async ({ timelines }, viewer) => bodies(await timelines.home(viewer)),
  'translation.translate': async ({ translation, hidden, shown }, viewer) => {
    const made = await Promise.allSettled(
      [shown, hidden].map(({ id }) => translation.translate(viewer, id, { to: 'es' })),
    );
    return made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.text.slice(4, -1)] : []));
  },
};

describe.each(Object.entries(ways))('%s', (_, way) => {
  it.each(others)('finds nothing by a suspended author for a %s', async (name) => {
    const world = await withSuspended();
    expect(await way(world, world.readers[name])).toEqual(['tea by ada']);
  });

  it.each(moderators)('finds it for the %s', async (name) => {
    const world = await withSuspended();
    expect(await way(world, world.readers[name])).toEqual(['tea by ada', 'tea by mary']);
  });

  it('finds it for everyone again when the suspension ends', async () => {
    const world = await withSuspended();
    await world.storage.users.update(world.mary.id, { suspendedAt: null });
    expect(await way(world, visitor)).toEqual(['tea by ada', 'tea by mary']);
  });
});

describe.each(Object.entries(membersWays))('%s', (_, way) => {
  it('finds nothing by a suspended author for members who are not moderators', async () => {
    const world = await withSuspended();
    expect(await way(world, world.readers.member)).toEqual(['tea by ada']);
    expect(await way(world, world.readers.moderator)).toEqual(['tea by ada', 'tea by mary']);
  });
});

describe('counts of newer posts', () => {
  it('leave out posts of a suspended author, except for moderators', async () => {
    const { timelines, readers } = await withSuspended();
    const counted = async (viewer: Viewer) => [
      (await timelines.newerInPublic(viewer)).count,
      (await timelines.newerAtHome(viewer)).count,
    ];
    expect(await counted(readers.member)).toEqual([1, 1]);
    expect(await counted(readers.moderator)).toEqual([2, 2]);
    expect((await timelines.newerInPublic(visitor)).count).toBe(1);
  });
});

describe('a post by a suspended author', () => {
  it('can be deleted by moderators, and does not exist for others who try', async () => {
    const { posts, hidden, shown, readers, storage } = await withSuspended();
    await rejectsWith(posts.delete(readers.member, hidden.id), 'post_not_found');
    await rejectsWith(posts.delete(readers.member, shown.id), 'forbidden');
    expect((await posts.delete(readers.moderator, hidden.id)).id).toBe(hidden.id);
    expect(await storage.posts.find(hidden.id)).toBeNull();
  });
});

describe('a suspended person', () => {
  it('is shown to everyone as suspended, and never suggested', async () => {
    const { users, follows, storage, mary, readers } = await withSuspended();
    expect(await users.show(visitor, 'mary')).toMatchObject({ nickname: 'mary', suspended: true });
    await storage.follows.delete(readers.moderator.id, mary.id);
    expect((await users.suggestions(readers.moderator)).map(({ nickname }) => nickname)).not.toContain(
      'mary',
    );
    expect(await follows.follow(readers.moderator, 'mary')).toMatchObject({ changed: true });
  });
});
