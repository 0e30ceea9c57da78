import { describe, expect, it } from 'vitest';
import { operator, visitor } from '../accounts/viewer.ts';
import { MicroblogError } from '../kernel/errors.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
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

describe('users.provision of many', () => {
  it('reports on each profile, in their order', async () => {
    const { users, member } = microblog();
    await member('owner');
    await users.provision(operator, ada);
    const reports = await users.provision(operator, [
      { externalId: 'a', nickname: 'john', email: 'john@shop.example' },
      { ...ada, nickname: 'lovelace' },
      { externalId: 'b', nickname: 'John', email: 'JOHN@shop.example' },
      { externalId: '', nickname: 'nobody' },
      { externalId: 'c', nickname: 'mary', email: 'owner@example.org' },
      { externalId: 'a', nickname: 'johnny', email: 'john@shop.example' },
      null as never,
      { externalId: 'a', nickname: 'johnny', email: 'john@shop.example' },
    ]);
    expect(reports).toMatchObject([
      { externalId: 'a', outcome: 'created', user: { nickname: 'john', email: 'john@shop.example' } },
      { externalId: 'u1', outcome: 'updated', user: { nickname: 'lovelace' } },
      { externalId: 'b', outcome: 'created', user: { nickname: 'John2', email: null } },
      { externalId: null, outcome: 'failed', error: { code: 'invalid_input' } },
      { externalId: 'c', outcome: 'created', leftOut: [{ field: 'email', problem: 'taken' }] },
      { externalId: 'a', outcome: 'updated', user: { nickname: 'johnny' } },
      { externalId: null, outcome: 'failed' },
      { externalId: 'a', outcome: 'unchanged' },
    ]);
    expect(await users.provision(operator, [])).toEqual([]);
  });

  it('reports all remaining profiles as failed if the storage fails, without another attempt', async () => {
    const storage = memoryStorage();
    let asked = 0;
    const { users } = testMicroblog(
      {},
      {
        storage: {
          ...storage,
          identities: {
            ...storage.identities,
            findMany(...args) {
              if (++asked > 1) throw new MicroblogError('storage_unavailable', 'gone');
              return storage.identities.findMany(...args);
            },
          },
        },
      },
    );
    const people = Array.from({ length: 1_200 }, (_, n) => ({ externalId: n, nickname: `p${n}` }));
    const reports = await users.provision(operator, people);
    expect(reports.map(({ outcome }) => outcome === 'created')).toEqual(people.map((_, n) => n < 500));
    expect(reports[1_199]).toMatchObject({ outcome: 'failed', error: { code: 'storage_unavailable' } });
    expect(asked).toBe(2);
  });
});

describe('users.deprovision', () => {
  it('removes the person with all their data, and returns whether they existed', async () => {
    const { provision, users, posts, follows, storage, member, logged } = microblog();
    const john = await member('john');
    const { user } = await provision(ada);
    const { id } = await posts.publish(user, { body: 'hello' });
    await follows.follow(john, 'ada');
    await follows.follow(user, 'john');
    expect(await users.deprovision(operator, 'unknown')).toBe(false);
    expect(await users.deprovision(operator, 'u1')).toBe(true);
    expect(await users.deprovision(operator, 'u1')).toBe(false);
    expect(await users.find(visitor, user.id)).toBeNull();
    expect(await storage.identities.find(HOST_ISSUER, 'u1')).toBeNull();
    await rejectsWith(posts.show(visitor, id), 'post_not_found');
    expect(await users.show(visitor, 'john')).toMatchObject({ followerCount: 0, followingCount: 0 });
    expect(logged).toMatchObject([{ level: 'info', details: { userId: user.id, adminId: operator.id } }]);
    const again = await provision(ada);
    expect(again.outcome).toBe('created');
    expect(again.user.id).not.toBe(user.id);
  });

  it('removes their posts from a separate search index', async () => {
    const search = memorySearchIndex();
    const { users, posts, jobs, jobHandlers } = testMicroblog({}, { search });
    await jobs.start(jobHandlers);
    const { user } = await users.provision(operator, ada);
    const { user: ben } = await users.provision(operator, { externalId: 2, nickname: 'ben' });
    for (let n = 0; n < 3; n++) await posts.publish(user, { body: `looms ${n}` });
    await posts.publish(ben, { body: 'looms' });
    await expect.poll(async () => (await search.status()).posts).toBe(4);
    await users.deprovision(operator, ada.externalId);
    await expect.poll(async () => (await search.status()).posts).toBe(1);
    await jobs.stop();
  });

  it('refuses an invalid id', async () => {
    await rejectsWith(microblog().users.deprovision(operator, ''), 'invalid_input');
  });
});
