import { describe, expect, it } from 'vitest';
import type { MicroblogEvent } from '../events/event.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { operator, visitor } from './viewer.ts';

const email = 'ada@example.org';
const password = 'correct horse';

async function withAda() {
  const microblog = mailingMicroblog();
  const ada = await microblog.accounts.register(visitor, { nickname: 'ada', email, password, locale: 'es' });
  return { ...microblog, ada };
}

describe('accounts.delete', () => {
  it('deletes all data of the member, and corrects the counts of others', async () => {
    const { accounts, ada, follows, member, posts, storage, timelines } = await withAda();
    const [ben, eve] = [await member('ben'), await member('eve')];
    await posts.publish(ada, { body: 'gone soon' });
    const kept = await posts.publish(ben, { body: 'kept' });
    for (const [one, other] of [
      [ada, 'ben'],
      [ben, 'ada'],
      [eve, 'ada'],
      [eve, 'ben'],
    ] as const) {
      await follows.follow(one, other);
    }
    expect(await accounts.delete(ada, { password })).toMatchObject({ id: ada.id, nickname: 'ada' });
    expect(await storage.users.find(ada.id)).toBeNull();
    expect(await storage.credentials.find(ada.id)).toBeNull();
    const left = await timelines.public(visitor);
    expect(left.items.map(({ post }) => post.id)).toEqual([kept.id]);
    expect(await storage.users.find(ben.id)).toMatchObject({ followerCount: 1, followingCount: 0 });
    expect(await storage.users.find(eve.id)).toMatchObject({ followerCount: 0, followingCount: 1 });
    expect(await accounts.resumeSession({ userId: ada.id, epoch: ada.sessionEpoch })).toBeNull();
    await rejectsWith(accounts.signIn({ login: 'ada', password }), 'sign_in_failed');
    await rejectsWith(accounts.delete(ada, { password }), 'user_not_found');
  });

  it('removes the posts from search', async () => {
    const { accounts, member, posts, search } = testMicroblog({}, { search: memorySearchIndex() });
    const ada = await member('ada');
    await posts.publish(ada, { body: 'a needle' });
    const found = async () => (await search.posts(visitor, { query: 'needle' })).items.length;
    await expect.poll(found).toBe(1);
    await accounts.delete(ada, { nickname: 'ada' });
    await expect.poll(found).toBe(0);
  });

  it('frees the nickname and the address', async () => {
    const { accounts, ada } = await withAda();
    await accounts.delete(ada, { password });
    const again = await accounts.register(visitor, { nickname: 'Ada', email, password });
    expect(again.id).not.toBe(ada.id);
  });

  it('ends mailed links', async () => {
    const { accounts, ada, secretFor } = await withAda();
    const secret = await secretFor(email);
    await accounts.delete(ada, { password });
    await rejectsWith(accounts.confirmEmail(visitor, secret), 'token_invalid');
  });

  it('deletes identities of sign-in providers: the next sign-in makes a new account', async () => {
    const { accounts, ada, storage } = await withAda();
    const identity = { issuer: 'https://id.example.org', subject: '1', email, emailVerified: true };
    await accounts.linkIdentity(ada, identity, { password });
    await accounts.delete(ada, { password });
    expect(await storage.identities.find(identity.issuer, identity.subject)).toBeNull();
    const { outcome, user } = await accounts.signInWithIdentity(identity);
    expect([outcome, user.id === ada.id]).toEqual(['registered', false]);
  });

  it('notifies the confirmed address', async () => {
    const { accounts, ada, mailer, settled, secretFor } = await withAda();
    await accounts.confirmEmail(visitor, await secretFor(email));
    await accounts.delete(ada, { password });
    await settled();
    expect(mailer.sent.at(-1)).toMatchObject({ to: [email], subject: 'Your account was deleted' });
  });

  it('does not notify an unconfirmed address', async () => {
    const { accounts, ada, mailer, settled } = await withAda();
    await settled();
    const { length } = mailer.sent;
    await accounts.delete(ada, { password });
    await settled();
    expect(mailer.sent).toHaveLength(length);
  });

  it.each([{}, { password: '' }, { password: 'wrong horse' }, { nickname: 'ada' }])(
    'is not confirmed by %j',
    async (confirmation) => {
      const { accounts, ada, storage } = await withAda();
      const fields = [{ field: 'password', problem: 'wrong_password' }];
      await expect(accounts.delete(ada, confirmation)).rejects.toMatchObject({
        code: 'invalid_input',
        details: { fields },
      });
      expect(await storage.users.find(ada.id)).not.toBeNull();
    },
  );

  it('is confirmed by the nickname if the account has no password', async () => {
    const { accounts, member, storage } = testMicroblog();
    const ada = await member('ada');
    await expect(accounts.delete(ada, { nickname: 'ben', password })).rejects.toMatchObject({
      details: { fields: [{ field: 'nickname', problem: 'wrong_nickname' }] },
    });
    await accounts.delete(ada, { nickname: ' ADA ' });
    expect(await storage.users.find(ada.id)).toBeNull();
  });

  it('records an event, and one for each post', async () => {
    const { accounts, member, on, posts } = testMicroblog();
    const received: MicroblogEvent[] = [];
    on('user.deleted', (event) => void received.push(event));
    on('post.deleted', (event) => void received.push(event));
    const ada = await member('ada');
    const first = await posts.publish(ada, { body: 'one' });
    const second = await posts.publish(ada, { body: 'two' });
    await accounts.delete(ada, { nickname: 'ada' });
    await expect.poll(() => received.length).toBe(3);
    expect(received).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'user.deleted', userId: ada.id, nickname: 'ada', deletedBy: ada.id }),
        ...[first, second].map(({ id: postId }) =>
          expect.objectContaining({ name: 'post.deleted', postId, authorId: ada.id, deletedBy: ada.id }),
        ),
      ]),
    );
  });

  it('refuses the last administrator, and visitors', async () => {
    const { accounts, member } = testMicroblog();
    const ada = await member('ada', { role: 'admin' });
    const ben = await member('ben', { role: 'admin', suspendedAt: new Date() });
    await rejectsWith(accounts.delete(ada, { nickname: 'ada' }), 'last_admin');
    await rejectsWith(accounts.delete(ben, { nickname: 'ben' }), 'account_suspended');
    await rejectsWith(accounts.delete(visitor, {}), 'sign_in_required');
    await accounts.unsuspend(operator, 'ben');
    await accounts.delete(ada, { nickname: 'ada' });
  });
});

describe('accounts.remove', () => {
  it('is for administrators, and logged', async () => {
    const { accounts, member, storage, logged } = testMicroblog();
    const [ada, ben] = [await member('ada', { role: 'admin' }), await member('ben')];
    await rejectsWith(accounts.remove(ben, 'ada'), 'forbidden');
    await rejectsWith(accounts.remove(ada, 'unknown'), 'user_not_found');
    expect(await accounts.remove(ada, 'BEN')).toMatchObject({ id: ben.id });
    expect(await storage.users.find(ben.id)).toBeNull();
    expect(logged.at(-1)).toMatchObject({ level: 'info', details: { userId: ben.id, adminId: ada.id } });
  });

  it('lets only the operator delete the last administrator', async () => {
    const { accounts, member } = testMicroblog();
    const ada = await member('ada', { role: 'admin' });
    await rejectsWith(accounts.remove(ada, 'ada'), 'last_admin');
    await accounts.remove(operator, 'ada');
  });
});
