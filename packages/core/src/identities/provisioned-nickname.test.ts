import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { HostProfile } from './host-profile.ts';

const _ada = { externalId: 'u1', nickname: 'ada', email: 'ada@shop.example', locale: 'es' };

function microblog() {
  const all = testMicroblog();
  const provision = (profile: HostProfile) => all.users.provision(operator, profile);
  return { ...all, provision };
}

describe('the nickname of a provisioned account', () => {
  it('is made valid, and numbered if it is taken', async () => {
    const { provision, member } = microblog();
    await member('john_doe');
    const names = [];
    for (const externalId of ['1', '2', '3']) {
      names.push((await provision({ externalId, nickname: 'John Doe' })).user.nickname);
    }
    expect(names).toEqual(['John_Doe2', 'John_Doe3', 'John_Doe4']);
  });

  it('keeps its number while the host’s nickname stays, even if the plain one becomes free', async () => {
    const { provision, users, storage, member } = microblog();
    const john = await member('john');
    const { user } = await provision({ externalId: '1', nickname: 'john' });
    await storage.users.delete(john.id);
    expect(await provision({ externalId: '1', nickname: 'john' })).toMatchObject({
      outcome: 'unchanged',
      user: { nickname: 'john2' },
    });
    expect((await users.find(visitor, user.id))?.nickname).toBe('john2');
  });

  it('follows a new nickname of the host, numbered again if it is taken', async () => {
    const { provision, member } = microblog();
    await member('mary');
    const { user } = await provision({ externalId: '1', nickname: 'ada' });
    const renamed = await provision({ externalId: '1', nickname: 'mary' });
    expect(renamed).toMatchObject({ outcome: 'updated', user: { id: user.id, nickname: 'mary2' } });
    expect((await provision({ externalId: '1', nickname: 'Mary' })).user.nickname).toBe('Mary2');
    expect((await provision({ externalId: '1', nickname: 'lovelace' })).user.nickname).toBe('lovelace');
    expect((await provision({ externalId: '1', nickname: 'LOVELACE' })).user.nickname).toBe('LOVELACE');
  });

  it('that was changed here stays until the host’s nickname changes', async () => {
    const { provision, storage } = microblog();
    const { user } = await provision({ externalId: '1', nickname: 'ada' });
    await storage.users.update(user.id, { nickname: 'countess' });
    const again = await provision({ externalId: '1', nickname: 'ada', locale: 'en' });
    expect(again).toMatchObject({ outcome: 'updated', user: { nickname: 'countess', locale: 'en' } });
    expect((await provision({ externalId: '1', nickname: 'lovelace' })).user.nickname).toBe('lovelace');
  });

  it('is found for 150 people with one name, one by one and at once', async () => {
    const { provision, users } = microblog();
    const people = Array.from({ length: 150 }, (_, n) => ({ externalId: n, nickname: '山田' }));
    await Promise.all(people.slice(0, 30).map(provision));
    const reports = await users.provision(operator, people);
    expect(reports.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const names = reports.map((report) => (report.outcome === 'failed' ? '' : report.user.nickname));
    expect(new Set(names).size).toBe(150);
    for (const name of names) expect(name).toMatch(/^member\d*$/);
  });
});
