import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { composeId, type Id, type UserId } from '../kernel/ids.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { strangers } from './follow.ts';

async function withTwo(options: Parameters<typeof testMicroblog>[0] = {}) {
  const microblog = testMicroblog(options);
  return { ...microblog, john: await microblog.member('john'), mary: await microblog.member('mary') };
}

describe('follows.follow', () => {
  it('begins to follow, and reports a change', async () => {
    const { follows, john, mary } = await withTwo();
    expect(await follows.follow(john, 'mary')).toMatchObject({ changed: true, user: { id: mary.id } });
    expect(await follows.relationship(john, mary.id)).toEqual({ following: true, followedBy: false });
    expect(await follows.relationship(mary, john.id)).toEqual({ following: false, followedBy: true });
  });

  it('changes nothing the second time', async () => {
    const { follows, users, john } = await withTwo();
    await follows.follow(john, 'mary');
    expect((await follows.follow(john, 'MARY')).changed).toBe(false);
    expect(await users.show(visitor, 'mary')).toMatchObject({ followerCount: 1 });
  });

  it('refuses to follow oneself, ignoring case', async () => {
    const { follows, john } = await withTwo();
    await rejectsWith(follows.follow(john, 'John'), 'self_follow');
  });

  it('asks visitors to sign in and stops the suspended', async () => {
    const { follows, member, clock } = await withTwo();
    await rejectsWith(follows.follow(visitor, 'mary'), 'sign_in_required');
    await rejectsWith(
      follows.follow(await member('jim', { suspendedAt: clock.now() }), 'mary'),
      'account_suspended',
    );
  });

  it.each(['unknown', '', 'mary\0', '\ud800', 'x'.repeat(1000)])(
    'throws `user_not_found` for the nickname %j',
    async (nickname) => {
      const { follows, john } = await withTwo();
      await rejectsWith(follows.follow(john, nickname), 'user_not_found');
    },
  );

  it('tries again with a new id when the first one is in use', async () => {
    const sequence = [1, 1, 2];
    const ids = { next: <Kind extends Id>() => composeId<Kind>(1, sequence.shift() ?? 0) };
    const { follows, member } = testMicroblog({}, { ids });
    const [john, mary] = [await member('john'), await member('mary')];
    await follows.follow(john, 'mary');
    expect((await follows.follow(mary, 'john')).changed).toBe(true);
  });
});

describe('follows.unfollow', () => {
  it('ends a follow, and reports a change', async () => {
    const { follows, john, mary } = await withTwo();
    await follows.follow(john, 'mary');
    expect(await follows.unfollow(john, 'Mary')).toMatchObject({ changed: true, user: { id: mary.id } });
    expect(await follows.relationship(john, mary.id)).toEqual(strangers);
  });

  it('changes nothing if there was no follow', async () => {
    const { follows, john } = await withTwo();
    expect((await follows.unfollow(john, 'mary')).changed).toBe(false);
    expect((await follows.unfollow(john, 'john')).changed).toBe(false);
  });

  it('leaves the follow in the other direction', async () => {
    const { follows, john, mary } = await withTwo();
    await follows.follow(john, 'mary');
    await follows.follow(mary, 'john');
    await follows.unfollow(john, 'mary');
    expect(await follows.relationship(mary, john.id)).toEqual({ following: true, followedBy: false });
  });

  it('asks visitors to sign in, and refuses an unknown nickname', async () => {
    const { follows, john } = await withTwo();
    await rejectsWith(follows.unfollow(visitor, 'mary'), 'sign_in_required');
    await rejectsWith(follows.unfollow(john, 'unknown'), 'user_not_found');
  });
});

describe('follows.relationship', () => {
  it('is that of strangers for a visitor, for oneself and for a missing user', async () => {
    const { follows, john } = await withTwo();
    expect(await follows.relationship(visitor, john.id)).toEqual(strangers);
    expect(await follows.relationship(john, john.id)).toEqual(strangers);
    expect(await follows.relationship(john, '42' as UserId)).toEqual(strangers);
  });
});

describe('follows.show', () => {
  it('returns the person with the viewer’s relationship', async () => {
    const { follows, john, mary } = await withTwo();
    await follows.follow(john, 'mary');
    expect(await follows.show(john, 'MARY')).toMatchObject({
      user: { id: mary.id, followerCount: 1 },
      relationship: { following: true, followedBy: false },
    });
    expect((await follows.show(mary, 'john')).relationship).toEqual({ following: false, followedBy: true });
  });

  it('shows a stranger to a visitor', async () => {
    const { follows } = await withTwo();
    expect((await follows.show(visitor, 'mary')).relationship).toBe(strangers);
  });

  it.each(['nobody', '', 'a\0'])('does not know %j', async (nickname) => {
    const { follows, john } = await withTwo();
    await rejectsWith(follows.show(john, nickname), 'user_not_found');
  });
});

describe.each(['followers', 'following'] as const)('follows.%s', (which) => {
  /** Mary, with three people on the other end, in the order `first`, `second`, `third`. */
  async function withThree() {
    const microblog = await withTwo({ postsPerPage: 2 });
    for (const nickname of ['first', 'second', 'third']) {
      const other = await microblog.member(nickname);
      const [follower, followed] = which === 'followers' ? [other, 'mary'] : [microblog.mary, nickname];
      await microblog.follows.follow(follower, followed);
    }
    return microblog;
  }

  it('lists the latest follow first, in pages', async () => {
    const { follows, mary } = await withThree();
    const page = await follows[which](visitor, mary);
    expect(page.items.map(({ user }) => user.nickname)).toEqual(['third', 'second']);
    const older = await follows[which](visitor, mary, { before: page.next ?? '' });
    expect(older.items.map(({ user }) => user.nickname)).toEqual(['first']);
    const newer = await follows[which](visitor, mary, { after: older.previous ?? '' });
    expect(newer.items.map(({ user }) => user.nickname)).toEqual(['third', 'second']);
  });

  it('returns the viewer’s relationship to each', async () => {
    const { follows, john, mary } = await withThree();
    await follows.follow(john, 'second');
    const page = await follows[which](john, mary);
    expect(page.items.map(({ relationship }) => relationship.following)).toEqual([false, true]);
  });

  it('shows only strangers to a visitor', async () => {
    const { follows, mary } = await withThree();
    const page = await follows[which](visitor, mary);
    expect(page.items.every(({ relationship }) => relationship === strangers)).toBe(true);
  });

  it('refuses an invalid cursor', async () => {
    const { follows, mary } = await withThree();
    await rejectsWith(follows[which](visitor, mary, { before: 'x' }), 'invalid_cursor');
  });
});
