import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import {
  alertOf,
  faultAt,
  flashOf,
  formActions,
  postBodies,
  tags,
  textOf,
  valueIn,
} from '../support/html.ts';
import { expectSignInDemand } from '../support/shop.ts';
import { arriving } from '../support/surroundings.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const FAMILY = '👨‍👩‍👧‍👦';

const UNKNOWN = [
  '42',
  '1'.repeat(30),
  '0',
  '-1',
  'abc',
  '1%00',
  '%ED%A0%80',
  '1%2f..',
  '9223372036854775808',
];

export function postsSuite(open: OpenHost): void {
  describe('publishing', () => {
    const host = useHost(open);

    it('shows the post at home, in explore, on the profile and by itself', async () => {
      const member = await host.member();
      const answer = await member.submit('/posts', { body: 'Hello\r\nworld' });
      expect([answer.status, answer.location]).toEqual([303, '/']);
      const home = await member.get('/');
      expect(flashOf(home.text)).toBe(texts('en').t('flash.published'));
      const [id = ''] = /\/posts\/(\d+)"/.exec(home.text)?.slice(1) ?? [];
      for (const path of ['/', '/explore', `/user/${member.nickname}`, `/posts/${id}`]) {
        expect(postBodies((await host.visitor().get(path)).text)).toContain('Hello<br>world');
      }
    });

    it.each([
      ['140 letters', 'é'.repeat(140)],
      ['140 joined families', FAMILY.repeat(140)],
      ['140 flags', '🇺🇾'.repeat(140)],
    ])('takes %s', async (_what, body) => {
      const member = await host.member();
      expect((await member.submit('/posts', { body })).status).toBe(303);
      expect(postBodies((await member.get('/')).text)).toEqual([body]);
    });

    it.each([
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'https://example.org/"onmouseover="alert(1)',
      'javascript:alert(1)',
      '{{ 7 * 7 }} {% raw %}',
      '&lt;b&gt;',
    ])('shows %s as it was typed, and runs nothing', async (body) => {
      const member = await host.member();
      await member.submit('/posts', { body });
      const [html = ''] = postBodies((await member.get('/')).text);
      expect(textOf(html).replaceAll(' ', '')).toBe(body.replaceAll(' ', ''));
      expect(html.replace(/<a href="https:\/\/[^"<>]*" rel="[a-z ]+">|<\/a>/g, '')).not.toContain('<');
    });

    if (open.signIn === 'own') {
      it('asks to sign in if the session of its form is over, and does not lead back to that form', async () => {
        const answer = await host.visitor().send('/posts', { _csrf: 'over', body: 'Typed before' });
        expect([answer.status, valueIn(answer.text, 'draft')]).toEqual([403, 'Typed before']);
        expect(alertOf(answer.text)).toBe(texts('en').error('sign_in_required'));
      });

      it('is for members: a visitor gets the sign-in page, and then the composer with the typed text', async () => {
        const visitor = host.visitor();
        const { nickname } = await host.member();
        const before = await host.written();
        const refused = await visitor.submit('/posts', { body: 'Typed <before>' });
        expect(refused.status).toBe(401);
        expect(textOf(refused.text)).toContain(texts('en').t('login.draft'));
        expect(valueIn(refused.text, 'draft')).toBe('Typed <before>');
        const fields = { login: nickname, password: PASSWORD, draft: 'Typed <before>' };
        const signedIn = await visitor.submit('/login', fields);
        expect(signedIn.status).toBe(200);
        expect(signedIn.text).toMatch(/<textarea[^>]*>Typed &lt;before&gt;<\/textarea>/);
        expect(await host.written()).toEqual(before);
      });
    }
  });

  describe('a post of many lines', () => {
    const host = useHost(open);

    it.each(['en', 'es'])('is cut in lists, with a link in %s to the whole post', async (language) => {
      const author = await host.member({ language });
      await author.submit('/posts', { body: Array(60).fill('a').join('\n') });
      const showAll = texts(language).t('post.show_all');
      const home = (await author.get('/')).text;
      const link = tags(home, 'a').find(({ end }) => home.startsWith(showAll, end));
      expect(tags(home, 'article')[0]?.attributes.class).toContain('post-cut');
      const path = /\/posts\/\d+$/.exec(link?.attributes.href ?? '')?.[0] ?? '';
      const { status, text } = await author.get(path);
      expect([status, textOf(text).includes(showAll)]).toEqual([200, false]);
      expect(tags(text, 'article')[0]?.attributes.class).not.toContain('post-cut');
      expect(postBodies(text)).toEqual([Array(60).fill('a').join('<br>')]);
    });

    it('is whole in lists while it is short', async () => {
      const author = await host.member();
      await author.submit('/posts', { body: 'a\nb' });
      expect(textOf((await author.get('/')).text)).not.toContain(texts('en').t('post.show_all'));
    });
  });

  describe.each(['en', 'es'])('publishing in %s', (language) => {
    const host = useHost(open);

    it.each([
      ['nothing', '', 'required', {}],
      ['white space', ' \t\n ', 'required', {}],
      ['invisible characters', '\u200b\u2060', 'required', {}],
      ['141 letters', 'a'.repeat(141), 'too_long', { max: 140 }],
      ['141 joined families', FAMILY.repeat(141), 'too_long', { max: 140 }],
      ['a heap of marks', `z${'\u0337'.repeat(5000)}`, 'crowded_characters', {}],
      ['NUL', 'nul\0nul', 'unusable_characters', {}],
      ['a private character', 'a\ue000', 'unusable_characters', {}],
      ['an empty Braille pattern', '\u2800', 'required', {}],
      ['a mark without a letter', '\u0301', 'required', {}],
      ['letters under many marks', `z${'\u0337'.repeat(30)}`.repeat(140), 'crowded_characters', {}],
      ['an emoji joined to itself', '🚫\u200d'.repeat(1490), 'crowded_characters', {}],
      ['an escape', '\u001b[2J', 'unusable_characters', {}],
    ] as const)(
      '%s says so in the composer, keeps what was typed and writes nothing',
      async (_what, body, problem, params) => {
        const member = await host.member({ language });
        const before = await host.written();
        const { status, text } = await member.submit('/posts', { body });
        expect(status).toBe(422);
        expect(faultAt(text, 'body')).toBe(texts(language).field('body', problem, params));
        expect(valueIn(text, 'body')).toBe(body);
        expect(await host.written()).toEqual(before);
      },
    );
  });

  describe('the text of a post', () => {
    const host = useHost(open);

    it('has line feeds for all line ends, and nothing that HTML forbids', async () => {
      const member = await host.member();
      const body = 'one\u0085two\u2028three\u2029four';
      expect((await member.submit('/posts', { body })).status).toBe(303);
      const { text } = await member.get('/');
      expect(postBodies(text)).toEqual(['one<br>two<br>three<br>four']);
      expect(text).not.toMatch(/[\u0080-\u009f\u2028\u2029]/);
    });

    it('links no address to another host than readers see', async () => {
      const member = await host.member();
      const body = '🎉https://example.org/a\u200b done.in http://user:pass@evil.example/ 👉example.org';
      await member.submit('/posts', { body });
      const { text } = await member.get('/');
      expect(tags(postBodies(text)[0] ?? '', 'a')).toHaveLength(2);
      for (const href of ['https://example.org/a', 'https://example.org'])
        expect(text).toContain(`href="${href}"`);
    });
  });

  describe('a post', () => {
    const host = useHost(open);

    async function withPost() {
      const author = await host.member();
      const user = await host.running.microblog.accounts.show(operator, author.nickname);
      const post = await host.running.microblog.posts.publish(user, { body: 'Hello' });
      return { author, post, user, stored: () => host.running.storage.posts.find(post.id) };
    }

    it('offers only its author to delete it', async () => {
      const { author, post } = await withPost();
      const offers = async (visitor: typeof author) =>
        formActions((await visitor.get(`/posts/${post.id}`)).text).some((action) =>
          action.endsWith(`/posts/${post.id}/delete`),
        );
      expect(await offers(author)).toBe(true);
      expect(await offers(await host.member())).toBe(false);
    });

    it('is gone after its author deleted it, and leads the author back to the list', async () => {
      const { author, post, stored } = await withPost();
      const answer = await author.submit(`/posts/${post.id}/delete`, { next: '/explore' });
      expect([answer.status, answer.location]).toEqual([303, '/explore']);
      expect(await stored()).toBeNull();
      expect(flashOf((await author.get('/explore')).text)).toBe(texts('en').t('flash.deleted'));
      expect((await author.get(`/posts/${post.id}`)).status).toBe(404);
    });

    it('leads home from its own page, which is gone with it', async () => {
      const { author, post } = await withPost();
      const answer = await author.submit(`/posts/${post.id}/delete`, {}, `/posts/${post.id}`);
      expect(answer.location).toBe('/');
    });

    it('cannot be deleted by others, nor by visitors', async () => {
      const { post, stored } = await withPost();
      expect((await (await host.member()).submit(`/posts/${post.id}/delete`)).status).toBe(403);
      expectSignInDemand(open, await host.visitor().submit(`/posts/${post.id}/delete`));
      expect(await stored()).not.toBeNull();
    });

    it('can be deleted by a moderator', async () => {
      const { post, stored } = await withPost();
      const moderator = await host.member();
      const { id } = await host.running.microblog.accounts.show(operator, moderator.nickname);
      await host.running.storage.users.update(id, { role: 'moderator' });
      expect((await moderator.submit(`/posts/${post.id}/delete`)).status).toBe(303);
      expect(await stored()).toBeNull();
    });

    it.each(arriving(UNKNOWN, open.around))('is not found by the id %s', async (id) => {
      const member = await host.member();
      expect((await member.get(`/posts/${id}`)).status).toBe(404);
      expect((await member.submit(`/posts/${id}/delete`)).status).toBe(404);
    });
  });
}
