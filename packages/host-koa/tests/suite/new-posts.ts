import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { tags, textOf } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import type { Visitor } from '../support/visitor.ts';

const json = { Accept: 'application/json' };
const none = { count: 0, more: false, text: '' };

/** The address that the page asks for newer posts; null if it does not ask. */
function asksAt(html: string): string | null {
  const asking = tags(html, 'div').find(({ attributes }) => 'data-new-posts' in attributes);
  return asking?.attributes['data-new-posts'] ?? null;
}

export function newPostsSuite(open: OpenHost): void {
  describe('new posts', () => {
    const host = useHost(open);
    const base = () => new URL(host.running.url).pathname.replace(/\/$/, '');
    const newPosts = async (visitor: Visitor, path: string) => {
      const { status, text, headers } = await visitor.get(path, json);
      expect([status, headers.get('Cache-Control')]).toEqual([200, 'private, no-cache']);
      return JSON.parse(text);
    };
    async function publish(visitor: Visitor & { readonly nickname: string }, body: string) {
      const user = await host.running.microblog.accounts.show(operator, visitor.nickname);
      return (await host.running.microblog.posts.publish(user, { body })).id;
    }

    it('is counted from the newest post that was seen, at home and in explore, in the reader’s language', async () => {
      const [reader, other] = [await host.member({ language: 'es' }), await host.member()];
      const seen = await publish(reader, 'seen');
      const { t } = texts('es');
      expect(await newPosts(reader, `/timeline/new?after=${seen}`)).toEqual(none);
      await publish(other, 'elsewhere');
      expect(await newPosts(reader, `/timeline/new?after=${seen}`)).toEqual(none);
      const one = { count: 1, more: false, text: t('new_posts.count', { count: 1 }) };
      expect(await newPosts(reader, `/explore/new?after=${seen}`)).toEqual(one);
      await publish(reader, 'own');
      expect(await newPosts(reader, `/timeline/new?after=${seen}`)).toEqual(one);
      const two = { count: 2, more: false, text: t('new_posts.count', { count: 2 }) };
      expect(await newPosts(host.visitor({ language: 'es' }), `/explore/new?after=${seen}`)).toEqual(two);
    });

    it('is counted up to fifty', async () => {
      const author = await host.member();
      for (let number = 0; number < 51; number++) await publish(author, String(number));
      const many = { count: 50, more: true, text: texts('en').t('new_posts.many', { limit: 50 }) };
      expect(await newPosts(author, '/timeline/new')).toEqual(many);
    });

    it.each(['/timeline/new', '/explore/new'])('answers a wrong cursor at %s with 400', async (path) => {
      const member = await host.member();
      for (const cursor of ['x', '0', '1'.repeat(30), "1'%20or%20'1", '%00']) {
        const { status, text } = await member.get(`${path}?after=${cursor}`, json);
        expect([status, JSON.parse(text).error.code]).toEqual([400, 'invalid_cursor']);
      }
    });

    it('is for members at home: others must sign in', async () => {
      const { status, text } = await host.visitor().get('/timeline/new', json);
      expect([status, JSON.parse(text).error.code]).toEqual([401, 'sign_in_required']);
    });

    it('is asked for by the newest pages of home and explore alone', async () => {
      const member = await host.member();
      const id = await publish(member, 'Hello');
      const asks = async (visitor: Visitor, path: string) => asksAt((await visitor.get(path)).text);
      expect(await asks(member, '/')).toBe(`${base()}/timeline/new`);
      expect(await asks(member, '/explore')).toBe(`${base()}/explore/new`);
      expect(await asks(host.visitor(), '/')).toBe(`${base()}/explore/new`);
      for (const path of ['/?before=1', `/user/${member.nickname}`, `/posts/${id}`, '/search']) {
        expect(await asks(member, path)).toBeNull();
      }
      expect(textOf((await member.get('/')).text)).not.toContain('new post');
    });

    if (open.signIn === 'own') {
      it('does not count as a visit', async () => {
        const { nickname, ...member } = await host.member();
        const lastSeen = async () =>
          (await host.running.microblog.accounts.show(operator, nickname)).lastSeenAt;
        await newPosts(member, '/timeline/new');
        await newPosts(member, '/explore/new');
        await host.visitor().get('/healthz');
        expect(await lastSeen()).toBeNull();
        await member.get('/explore');
        await expect.poll(lastSeen).not.toBeNull();
      });
    }
  });

  describe('new posts if visitors see nothing', () => {
    const host = useHost(open, { app: { requireLogin: true } });

    it.each(['/timeline/new', '/explore/new'])('is not said at %s', async (path) => {
      expect((await host.visitor().get(path, json)).status).toBe(401);
    });
  });
}
