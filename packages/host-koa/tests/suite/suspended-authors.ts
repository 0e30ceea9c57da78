import { memorySearchIndex, operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { formActions, textOf } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import type { Visitor } from '../support/visitor.ts';

const ORIGIN = 'https://blog.example.org';
const BODY = 'written before the suspension';

/** Somebody who wrote and was suspended then, with every address that showed the post. */
async function suspended(host: TestHost) {
  const { nickname } = await host.member();
  const { microblog, storage, url } = host.running;
  const author = await microblog.accounts.show(operator, nickname);
  const { id } = await microblog.posts.publish(author, { body: BODY });
  await microblog.search.fill({ again: true });
  await storage.users.update(author.id, { suspendedAt: new Date() });
  const permalink = `${ORIGIN}${new URL(`${url}/`).pathname.slice(0, -1)}/posts/${id}`;
  return {
    nickname,
    id,
    lists: [
      '/explore',
      `/user/${nickname}`,
      `/search?q=${encodeURIComponent('suspension')}`,
      '/feed.atom',
      '/feed.json',
      `/user/${nickname}/feed.atom`,
      `/user/${nickname}/feed.json`,
      '/embed/timeline',
      `/embed/user/${nickname}`,
    ],
    alone: [`/posts/${id}`, `/embed/post/${id}`, `/oembed?url=${encodeURIComponent(permalink)}`],
  };
}

export function suspendedAuthorsSuite(open: OpenHost): void {
  describe('what a suspended member wrote', () => {
    const host = useHost(open, {
      search: () => memorySearchIndex(),
      app: { origin: ORIGIN, embedOrigins: ['*'] },
    });

    it('is on no page, in no feed and in no embed', async () => {
      const { lists, alone } = await suspended(host);
      const reader = await host.member();
      for (const visitor of [host.visitor(), reader]) {
        for (const path of lists) {
          const { status, text } = await visitor.get(path);
          expect([path, status, text.includes(BODY)]).toEqual([path, 200, false]);
        }
        for (const path of alone) expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
      }
    });

    it('is shown to moderators, on pages', async () => {
      const { nickname, id } = await suspended(host);
      const moderator = await host.member();
      const account = await host.running.microblog.accounts.show(operator, moderator.nickname);
      await host.running.storage.users.update(account.id, { role: 'moderator' });
      for (const path of ['/explore', `/user/${nickname}`, `/posts/${id}`]) {
        const { status, text } = await moderator.get(path);
        expect([path, status, text.includes(BODY)]).toEqual([path, 200, true]);
      }
    });

    it.each(['en', 'es'] as const)('is replaced by one line on the profile: %s', async (language) => {
      const { nickname } = await suspended(host);
      const { text } = await host.visitor({ language }).get(`/user/${nickname}`);
      const { t } = texts(language);
      expect(textOf(text)).toContain(t('profile.suspended'));
      expect(textOf(text)).not.toContain(t('profile.empty_title'));
    });
  });

  describe('the profile of a suspended member', () => {
    const host = useHost(open);

    /** A suspended member with a last visit, whom `follower` follows. */
    async function profileOfSuspended() {
      const [{ nickname }, follower] = [await host.member(), await host.member()];
      await follower.submit(`/user/${nickname}/follow`);
      const { microblog, storage } = host.running;
      const { id } = await microblog.users.show(null, nickname);
      await storage.users.markSeen(id, new Date());
      await storage.users.update(id, { suspendedAt: new Date() });
      return { path: `/user/${nickname}`, follower };
    }
    const shown = async (reader: Visitor, path: string) => {
      const { text } = await reader.get(path);
      const buttons = formActions(text).flatMap((action) => /\/((?:un)?follow)$/.exec(action)?.[1] ?? []);
      return {
        counts: text.includes(`${path}/followers"`),
        lastSeen: textOf(text).includes(texts('en').t('profile.last_seen', { date: 'now' })),
        buttons,
      };
    };

    it('has no counts, no last visit and no button for readers who do not follow them', async () => {
      const { path } = await profileOfSuspended();
      for (const reader of [host.visitor(), await host.member()]) {
        expect(await shown(reader, path)).toEqual({ counts: false, lastSeen: false, buttons: [] });
      }
    });

    it('lets followers stop following', async () => {
      const { path, follower } = await profileOfSuspended();
      expect(await shown(follower, path)).toEqual({ counts: false, lastSeen: false, buttons: ['unfollow'] });
      expect((await follower.submit(`${path}/unfollow`)).status).toBe(303);
      expect((await shown(follower, path)).buttons).toEqual([]);
    });

    it('is complete for moderators', async () => {
      const { path } = await profileOfSuspended();
      const moderator = await host.member();
      const { microblog, storage } = host.running;
      const { id } = await microblog.users.show(null, moderator.nickname);
      await storage.users.update(id, { role: 'moderator' });
      expect(await shown(moderator, path)).toEqual({ counts: true, lastSeen: true, buttons: ['follow'] });
    });
  });
}
