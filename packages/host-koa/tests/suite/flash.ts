import { describe, expect, it } from 'vitest';
import type { FlashCode } from '../../src/http/sessions/flash.ts';
import { type OpenHost, useHost } from '../support/host.ts';
import { flashOf, textOf } from '../support/html.ts';
import { texts } from '../support/texts.ts';

const published = texts('en').t('flash.published');

export function flashSuite(open: OpenHost): void {
  describe('the message after a form', () => {
    const host = useHost(open);

    /** A person with a published post, whose message was not shown yet. */
    async function untold() {
      const member = await host.member();
      expect((await member.submit('/posts', { body: 'Hello' })).status).toBe(303);
      return member;
    }

    it('is shown once, and gone when the page is reloaded', async () => {
      const member = await untold();
      expect(flashOf((await member.get('/')).text)).toBe(published);
      expect(flashOf((await member.get('/')).text)).toBeNull();
    });

    it('outlives a redirect to a redirect', async () => {
      const member = await untold();
      expect((await member.get('/explore?after=9223372036854775807')).status).toBe(303);
      expect(flashOf((await member.get('/explore')).text)).toBe(published);
    });

    it('is not consumed by other requests of the page', async () => {
      const member = await untold();
      const token = await host.visitor().token('/explore');
      const asked = [
        member.get('/assets/missing.png', { Accept: 'image/webp,*/*' }),
        member.get('/avatars/nobody.svg', { 'Sec-Fetch-Dest': 'image' }),
        member.get('/explore/new', { Accept: 'application/json' }),
        member.get('/explore', { Accept: '*/*', 'Sec-Fetch-Dest': 'empty' }),
        member.get('/nowhere', { 'Sec-Purpose': 'prefetch' }),
        member.send('/theme', { _csrf: token, theme: 'dark' }, { 'Sec-Fetch-Dest': 'empty' }),
        member.request('/', { method: 'HEAD' }),
      ];
      await Promise.all(asked);
      expect(flashOf((await member.get('/')).text)).toBe(published);
    });

    it('is shown on the page of an error too', async () => {
      const { text } = await (await untold()).get('/nowhere');
      expect([flashOf(text), textOf(text)]).toEqual([
        published,
        expect.stringContaining(texts('en').t('errors:codes.page_not_found.title')),
      ]);
    });

    it('cannot be forged', async () => {
      const visitor = host.visitor();
      visitor.cookies.set('microblog_flash', 'account_deleted:');
      expect(flashOf((await visitor.get('/')).text)).toBeNull();
      expect(visitor.cookies.has('microblog_flash')).toBe(false);
    });
  });

  describe('a form that a script sent', () => {
    const host = useHost(open);
    const json = { Accept: 'application/json' };

    it('is answered with the message and what changed, and no page repeats it', async () => {
      const [john, mary] = [await host.member({ language: 'es' }), await host.member()];
      const { t } = texts('es');
      const profile = `/user/${mary.nickname}`;
      const send = async (path: string) => {
        const answer = await john.send(path, { _csrf: await john.token('/explore') }, json);
        expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'private, no-cache']);
        return JSON.parse(answer.text);
      };
      const followers = (count: number) => ({
        number: String(count),
        label: t('profile.followers', { count }),
        text: t('people.follower_count', { count }),
      });
      const following = (count: number) => ({
        number: String(count),
        label: t('profile.following', { count }),
      });
      const counts = (count: number) => ({
        [`${mary.nickname} followers`]: followers(count),
        [`${john.nickname} following`]: following(count),
      });
      const message = (flash: FlashCode) => t(`flash.${flash}`, { nickname: mary.nickname });
      expect(await send(`${profile}/follow`)).toEqual({
        message: message('followed'),
        following: true,
        counts: counts(1),
      });
      expect(await send(`${profile}/follow`)).toEqual({
        message: null,
        following: true,
        counts: counts(1),
      });
      expect(await send(`${profile}/unfollow`)).toEqual({
        message: message('unfollowed'),
        following: false,
        counts: counts(0),
      });
      await john.submit('/posts', { body: 'Hello' });
      const page = (await john.get('/')).text;
      const [, id] = /\/posts\/(\d+)"/.exec(page) ?? [];
      expect(await send(`/posts/${id}/delete`)).toEqual({
        message: t('flash.deleted'),
        counts: { [`${john.nickname} posts`]: { number: '0', label: t('profile.posts', { count: 0 }) } },
      });
      expect(flashOf((await john.get('/')).text)).toBeNull();
    });

    it('says in JSON why it was refused', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      const expired = await john.send(`/user/${mary.nickname}/follow`, { _csrf: 'x' }, json);
      expect([expired.status, JSON.parse(expired.text).error]).toMatchObject([
        403,
        { code: 'csrf_failed', message: texts('en').error('csrf_failed') },
      ]);
      const visitor = host.visitor();
      const token = await visitor.token('/explore');
      const asked = await visitor.send(`/user/${mary.nickname}/follow`, { _csrf: token }, json);
      expect([asked.status, JSON.parse(asked.text).error.code]).toEqual([401, 'sign_in_required']);
    });
  });
}
