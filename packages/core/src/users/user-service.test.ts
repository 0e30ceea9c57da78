import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { readSettings } from './settings.ts';

const nicknames = (people: readonly { readonly nickname: string }[]) =>
  people.map(({ nickname }) => nickname);

describe('users.show', () => {
  it('finds a person by nickname in any case', async () => {
    const { users, member } = testMicroblog();
    const john = await member('John');
    expect(john).toMatchObject(await users.show(visitor, 'jOHN'));
  });

  it.each(['unknown', '', 'john\0', '\ud800', '%', '1'.repeat(5000)])(
    'throws `user_not_found` for the nickname %j',
    async (nickname) => {
      const { users, member } = testMicroblog();
      await member('john');
      const error = await rejectsWith(users.show(visitor, nickname), 'user_not_found');
      expect(String(error.details.nickname).length).toBeLessThanOrEqual(80);
    },
  );
});

describe('users.find', () => {
  it('finds a person by id, and returns null for an invalid id', async () => {
    const { users, member } = testMicroblog();
    const john = await member('john');
    expect((await users.find(visitor, john.id))?.nickname).toBe('john');
    expect(await users.find(visitor, '42')).toBeNull();
    expect(await users.find(visitor, '1'.repeat(30))).toBeNull();
  });
});

describe('users.list', () => {
  it('lists the newest account first, in pages', async () => {
    const { users, member } = testMicroblog({ postsPerPage: 2 });
    for (const nickname of ['first', 'second', 'third']) await member(nickname);
    const page = await users.list(visitor);
    expect(nicknames(page.items)).toEqual(['third', 'second']);
    expect(nicknames((await users.list(visitor, { before: page.next ?? '' })).items)).toEqual(['first']);
  });
});

describe('users.suggestions', () => {
  async function withPeople() {
    const microblog = testMicroblog();
    const john = await microblog.member('john');
    const quiet = await microblog.member('quiet');
    for (const nickname of ['popular', 'followed', 'newest']) await microblog.member(nickname);
    await microblog.follows.follow(quiet, 'popular');
    await microblog.follows.follow(john, 'followed');
    return { ...microblog, john };
  }

  it('lists the most followed first, then newer accounts, and leaves out people the viewer follows', async () => {
    const { users, john } = await withPeople();
    expect(nicknames(await users.suggestions(john))).toEqual(['popular', 'newest', 'quiet']);
  });

  it('leaves out the suspended', async () => {
    const { users, john, storage, clock } = await withPeople();
    const popular = await users.show(visitor, 'popular');
    await storage.users.update(popular.id, { suspendedAt: clock.now() });
    expect(nicknames(await users.suggestions(john))).toEqual(['newest', 'quiet']);
  });

  it.each([-1, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number])(
    'refuses the limit %s',
    async (limit) => {
      const { users, john } = await withPeople();
      const { details } = await rejectsWith(users.suggestions(john, limit), 'invalid_input');
      expect(details.fields).toMatchObject([{ field: 'limit' }]);
    },
  );

  it('lowers a limit above 200 to 200', async () => {
    const { users, john } = await withPeople();
    expect(await users.suggestions(john, 1e9)).toHaveLength(3);
  });

  it('returns as many as the limit asks for', async () => {
    const { users, john } = await withPeople();
    expect(nicknames(await users.suggestions(john, 1))).toEqual(['popular']);
  });

  it('are for members', async () => {
    const { users } = await withPeople();
    await rejectsWith(users.suggestions(visitor), 'sign_in_required');
  });
});

describe('users.markSeen', () => {
  it('records a visit at most once a minute', async () => {
    const { users, member, clock } = testMicroblog();
    const john = await member('john');
    expect(await users.markSeen(john)).toBe(true);
    clock.advance(59_999);
    expect(await users.markSeen(john)).toBe(false);
    clock.advance(1);
    expect(await users.markSeen(john)).toBe(true);
    expect(await users.show(visitor, 'john')).toMatchObject({ lastSeenAt: clock.now() });
  });

  it('records nothing for visitors', async () => {
    expect(await testMicroblog().users.markSeen(visitor)).toBe(false);
  });
});

describe('users.editProfile', () => {
  it('changes only nickname and about-me, with surrounding white space removed', async () => {
    const { users, member } = testMicroblog();
    const ada = await member('ada');
    const edited = await users.editProfile(ada, {
      nickname: ' Countess.1 ',
      aboutMe: '  First\r\nprogrammer 👩‍💻 ',
    });
    expect(edited).toEqual({ ...ada, nickname: 'Countess.1', aboutMe: 'First\nprogrammer 👩‍💻' });
  });

  it('accepts the same nickname in another case, and an empty about-me', async () => {
    const { users, member } = testMicroblog();
    const ada = await member('ada', { aboutMe: 'old' });
    expect(await users.editProfile(ada, { nickname: 'ADA', aboutMe: ' ' })).toMatchObject({
      nickname: 'ADA',
      aboutMe: '',
    });
  });

  it.each([
    [{ nickname: 'no way', aboutMe: '' }, 'nickname', 'nickname_characters'],
    [{ nickname: '', aboutMe: '' }, 'nickname', 'required'],
    [{ nickname: 'a'.repeat(65), aboutMe: '' }, 'nickname', 'too_long'],
    [{ nickname: 'ada', aboutMe: '👩‍💻'.repeat(141) }, 'aboutMe', 'too_long'],
    [{ nickname: 'ada', aboutMe: 'a\0b' }, 'aboutMe', 'unusable_characters'],
  ])('names what is wrong: %j', async (input, field, problem) => {
    const { users, member } = testMicroblog();
    const error = await rejectsWith(users.editProfile(await member('ada'), input), 'invalid_input');
    expect(error.details.fields).toMatchObject([{ field, problem }]);
  });

  it('refuses a taken nickname, visitors, and suspended members', async () => {
    const { users, member, clock } = testMicroblog();
    const [ada, ben] = [await member('ada'), await member('ben', { suspendedAt: clock.now() })];
    const input = { nickname: 'BEN', aboutMe: '' };
    await rejectsWith(users.editProfile(ada, input), 'nickname_taken');
    await rejectsWith(users.editProfile(visitor, input), 'sign_in_required');
    await rejectsWith(users.editProfile(ben, input), 'account_suspended');
  });
});

describe('the hash of an address', () => {
  it('changes with the address', async () => {
    const { users, storage, member } = testMicroblog({ emailHashes: 'all' });
    const { id } = await member('ada');
    const before = (await users.show(visitor, 'ada')).emailHash;
    await storage.users.update(id, { email: 'another@example.org' });
    const after = (await users.show(visitor, 'ada')).emailHash;
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });
});

describe('users.changeSettings', () => {
  it('changes the given settings and keeps the others', async () => {
    const { users, member } = testMicroblog();
    const ada = await member('ada', { locale: 'en' });
    expect(await users.changeSettings(ada, { mailOnFollow: false })).toEqual({
      ...ada,
      settings: { ...readSettings({}), mailOnFollow: false },
    });
    expect(await users.changeSettings(ada, { locale: 'es' })).toMatchObject({
      locale: 'es',
      settings: { mailOnFollow: false },
    });
    expect(await users.changeSettings(ada, {})).toMatchObject({
      locale: 'es',
      settings: { mailOnFollow: false },
    });
  });

  it('stores only what differs from what the member has, so that a later default reaches the member', async () => {
    const { users, storage, member } = testMicroblog();
    const ada = await member('ada');
    const stored = async () => (await storage.users.find(ada.id))?.settings;
    await users.changeSettings(ada, { mailOnFollow: true });
    expect(await stored()).toEqual({});
    await users.changeSettings(ada, { mailOnFollow: false });
    expect(await stored()).toEqual({ mailOnFollow: false });
    await users.changeSettings(ada, { mailOnFollow: true });
    expect(await stored()).toEqual({ mailOnFollow: true });
  });

  it('keeps settings that another release stored', async () => {
    const { users, storage, member } = testMicroblog();
    const ada = await member('ada', { settings: { ofAnotherRelease: 'kept' } });
    expect((await users.changeSettings(ada, { mailOnFollow: false })).settings).toEqual({
      ...readSettings({}),
      mailOnFollow: false,
    });
    expect((await storage.users.find(ada.id))?.settings).toEqual({
      ofAnotherRelease: 'kept',
      mailOnFollow: false,
    });
  });

  it('stores languages in canonical form, and null for no language', async () => {
    const { users, member } = testMicroblog();
    const ada = await member('ada');
    expect((await users.changeSettings(ada, { locale: 'pt-br' })).locale).toBe('pt-BR');
    expect((await users.changeSettings(ada, { locale: null })).locale).toBeNull();
  });

  it.each(['', 'a\0b', '<script>', 'es_MX', 'x'.repeat(36)])('refuses the language %j', async (locale) => {
    const { users, member } = testMicroblog();
    const { details } = await rejectsWith(
      users.changeSettings(await member('ada'), { locale }),
      'invalid_input',
    );
    expect(details.fields).toMatchObject([{ field: 'locale', problem: 'wrong_type' }]);
  });

  it('is for members', async () => {
    await rejectsWith(testMicroblog().users.changeSettings(visitor, {}), 'sign_in_required');
  });
});
