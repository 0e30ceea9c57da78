import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { memoryStorage } from '../memory/memory-storage.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { HostProfile } from './host-profile.ts';
import { HOST_ISSUER } from './identity.ts';

const ada = { externalId: 'u1', nickname: 'ada', email: 'ada@shop.example', locale: 'es' };

function microblog() {
  const all = testMicroblog();
  const provision = (profile: HostProfile) => all.users.provision(operator, profile);
  return { ...all, provision };
}

describe('users.provision', () => {
  it('creates an account at the first call, and finds it later', async () => {
    const { provision, users } = microblog();
    const avatarUrl = 'https://cdn.shop.example/ada.png';
    const first = await provision({ ...ada, avatarUrl });
    expect(first).toMatchObject({ outcome: 'created', leftOut: [] });
    expect(first.user).toMatchObject({
      ...{ nickname: 'ada', email: 'ada@shop.example', locale: 'es', avatarUrl, role: 'member' },
    });
    expect(first.user).toMatchObject((await users.find(visitor, first.user.id)) ?? {});
    expect(await provision({ ...ada, avatarUrl })).toEqual({ ...first, outcome: 'unchanged' });
    expect((await users.list(visitor)).items).toHaveLength(1);
  });

  it('records new accounts as a registration does, and no known ones', async () => {
    const { users, on, start, stop } = microblog();
    const registered: string[] = [];
    on('user.registered', ({ nickname }) => void registered.push(nickname));
    await start();
    await users.provision(operator, ada);
    await users.provision(operator, { ...ada, locale: 'en' });
    await users.provision(operator, [ada, { externalId: 2, nickname: 'ada' }]);
    await expect.poll(() => registered).toEqual(['ada', 'ada2']);
    await stop();
  });

  it('reads once and writes nothing if nothing changed', async () => {
    const storage = memoryStorage();
    const { users } = testMicroblog({}, { storage });
    const { user } = await users.provision(operator, ada);
    const asked: string[] = [];
    const watched = Object.fromEntries(
      Object.entries(storage).map(([area, repository]) => [
        area,
        typeof repository === 'function'
          ? repository
          : new Proxy(repository, {
              get(target, call: string) {
                asked.push(`${area}.${call}`);
                return Reflect.get(target, call);
              },
            }),
      ]),
    ) as unknown as typeof storage;
    const again = await testMicroblog({}, { storage: watched }).users.provision(operator, ada);
    expect(again.user).toEqual(user);
    expect(asked).toEqual(['identities.find']);
  });

  it.each([
    ['a number', 7, '7'],
    ['a big number', 9007199254740993n, '9007199254740993'],
    ['a text with spaces', ' 7', ' 7'],
  ])('accepts %s as an external id', async (_, externalId, subject) => {
    const { provision, storage } = microblog();
    const { user } = await provision({ externalId, nickname: 'ada' });
    expect((await storage.identities.find(HOST_ISSUER, subject))?.user.id).toBe(user.id);
  });

  it.each<[what: string, profile: object | null, field: string]>([
    ['nothing', null, ''],
    ['no id', { nickname: 'ada' }, 'externalId'],
    ['an empty id', { externalId: '', nickname: 'ada' }, 'externalId'],
    ['half a number', { externalId: 0.5, nickname: 'ada' }, 'externalId'],
    ['a rounded number', { externalId: 2 ** 53, nickname: 'ada' }, 'externalId'],
    ['an id with NUL', { externalId: 'a\0', nickname: 'ada' }, 'externalId'],
    ['an id of 256 characters', { externalId: 'a'.repeat(256), nickname: 'ada' }, 'externalId'],
    ['no nickname', { externalId: '1' }, 'nickname'],
    ['a nickname of a wrong type', { externalId: '1', nickname: {} }, 'nickname'],
    ['an address of a wrong type', { externalId: '1', nickname: 'ada', email: 7 }, 'email'],
  ])('refuses %s', async (_, profile, field) => {
    const { provision, users } = microblog();
    const error = await rejectsWith(provision(profile as HostProfile), 'invalid_input');
    expect(error.details.fields?.[0]?.field).toBe(field);
    expect((await users.list(visitor)).items).toEqual([]);
  });

  it('is for administrators and scripts', async () => {
    const { users, member } = microblog();
    const john = await member('john');
    const admin = await member('root', { role: 'admin' });
    await rejectsWith(users.provision(visitor, ada), 'sign_in_required');
    await rejectsWith(users.provision(john, ada), 'forbidden');
    await rejectsWith(users.provision({ ...john, role: 'moderator' }, ada), 'forbidden');
    await rejectsWith(users.provision({ ...admin, suspendedAt: new Date() }, ada), 'account_suspended');
    await rejectsWith(users.deprovision(john, 'u1'), 'forbidden');
    expect((await users.provision(admin, ada)).outcome).toBe('created');
  });

  describe('an e-mail address', () => {
    it('of another account stays there: the new account has no address and is not bound to the other', async () => {
      const { provision, member, accounts, logged } = microblog();
      const owner = await member('owner');
      const done = await provision({ externalId: '1', nickname: 'ada', email: 'OWNER@example.org' });
      expect(done.user).toMatchObject({ nickname: 'ada', email: null });
      expect(done.user.id).not.toBe(owner.id);
      expect(done.leftOut).toEqual([{ field: 'email', problem: 'taken', params: {} }]);
      expect(await accounts.find(operator, owner.id)).toEqual(owner);
      expect(logged).toMatchObject([
        { level: 'warn', details: { userId: done.user.id, leftOut: ['email: taken'] } },
      ]);
      expect(JSON.stringify(logged)).not.toContain('example.org');
      // The person is known now: one read finds the account.
      const again = await provision({ externalId: '1', nickname: 'ada', email: 'OWNER@example.org' });
      expect(again).toMatchObject({ outcome: 'unchanged', user: { email: null } });
    });

    it('that changes to one of another account is removed', async () => {
      const { provision, member } = microblog();
      await member('owner');
      await provision(ada);
      const changed = await provision({ ...ada, email: 'owner@example.org' });
      expect(changed).toMatchObject({ outcome: 'updated', user: { email: null } });
      expect((await provision({ ...ada, email: 'new@shop.example' })).user.email).toBe('new@shop.example');
    });

    it('follows a change of case, and a removal', async () => {
      const { provision } = microblog();
      await provision(ada);
      expect((await provision({ ...ada, email: 'ADA@shop.example' })).user.email).toBe('ADA@shop.example');
      expect((await provision({ ...ada, email: null })).user.email).toBeNull();
    });

    it.each(['nonsense', 'josé@example.org', 'a@b\n.example', 'x'.repeat(300)])(
      'that is invalid does not refuse the profile: %j',
      async (email) => {
        const { provision } = microblog();
        const done = await provision({ ...ada, email });
        expect(done).toMatchObject({
          outcome: 'created',
          user: { email: null },
          leftOut: [{ field: 'email', problem: 'email_malformed' }],
        });
        expect((await provision({ ...ada, email })).outcome).toBe('unchanged');
      },
    );
  });

  describe('a picture and a language', () => {
    it.each([
      ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
      ['http://cdn.example/ä.png', 'http://cdn.example/%C3%A4.png'],
      ['', null],
      ['javascript:alert(1)', null],
      ['data:image/png;base64,AAAA', null],
      ['//cdn.example/a.png', null],
      ['/a.png', null],
      ['https://user:secret@cdn.example/a.png', null],
      [`https://cdn.example/${'x'.repeat(3_000)}`, null],
    ])('of %j is %j', async (avatarUrl, expected) => {
      const { provision } = microblog();
      const { user, leftOut } = await provision({ ...ada, avatarUrl });
      expect(user.avatarUrl).toBe(expected);
      expect(leftOut.length).toBe(expected === null && avatarUrl !== '' ? 1 : 0);
    });

    it.each([
      ['es_UY', 'es-UY'],
      ['EN-gb', 'en-GB'],
      ['not a language', null],
      ['x'.repeat(50), null],
    ])('%j is the language %j', async (locale, expected) => {
      expect((await microblog().provision({ ...ada, locale })).user.locale).toBe(expected);
    });

    it('stay if they are left out, and are removed by null', async () => {
      const { provision } = microblog();
      const avatarUrl = 'https://cdn.example/a.png';
      await provision({ ...ada, avatarUrl });
      const { externalId, nickname } = ada;
      expect(await provision({ externalId, nickname })).toMatchObject({
        outcome: 'unchanged',
        user: { avatarUrl, locale: 'es', email: ada.email },
      });
      const gone = await provision({ externalId, nickname, avatarUrl: null, locale: null });
      expect(gone.user).toMatchObject({ avatarUrl: null, locale: null, email: ada.email });
    });
  });

  it('keeps changes that members and moderators made here', async () => {
    const { provision, storage, clock } = microblog();
    const { user } = await provision(ada);
    const changes = { aboutMe: 'about', role: 'moderator', suspendedAt: clock.now() } as const;
    await storage.users.update(user.id, changes);
    expect((await provision({ ...ada, nickname: 'lovelace' })).user).toMatchObject(changes);
  });
});
