import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { faultAt, flashOf, textOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';

export function editSuite(open: OpenHost): void {
  describe('editing the profile', () => {
    const host = useHost(open);

    it('is for members, and begins at their own profile', async () => {
      const visitor = host.visitor();
      expect((await visitor.get('/edit')).location).toBe('/login?next=%2Fedit');
      expect((await visitor.submit('/edit', { nickname: 'x', about_me: '' })).location).toMatch(/^\/login/);
      const [member, other] = [await host.member(), await host.member()];
      expect((await member.get(`/user/${member.nickname}`)).text).toContain('/edit"');
      expect((await member.get(`/user/${other.nickname}`)).text).not.toContain('/edit"');
    });

    it('changes nickname and about-me; posts and follows stay', async () => {
      const [member, follower] = [await host.member(), await host.member()];
      await member.submit('/posts', { body: 'before the change' });
      await follower.submit(`/user/${member.nickname}/follow`, {}, `/user/${member.nickname}`);
      const fields = { nickname: `${member.nickname}.new`, about_me: 'First\r\n<b>line</b> 👩‍💻' };
      const answer = await member.submit('/edit', fields, '/edit');
      expect([answer.status, answer.location]).toEqual([303, `/user/${member.nickname}.new`]);
      const profile = await member.get(`/user/${member.nickname}.new`);
      expect(flashOf(profile.text)).toBe(texts('en').t('flash.saved'));
      expect(profile.text).toContain('&lt;b&gt;line&lt;/b&gt; 👩‍💻');
      expect(textOf(profile.text)).toContain('before the change');
      expect(textOf(profile.text)).toContain('1 follower');
      expect((await member.get(`/user/${member.nickname}`)).status).toBe(404);
      expect(valueIn((await member.get('/edit')).text, 'nickname')).toBe(`${member.nickname}.new`);
    });

    it('links the addresses in about-me, and shows the rest as text', async () => {
      const member = await host.member();
      const about = 'See https://example.org/a, done.in\r\n<b>';
      await member.submit('/edit', { nickname: member.nickname, about_me: about }, '/edit');
      const link = '<a href="https://example.org/a" rel="nofollow ugc noopener">https://example.org/a</a>';
      const { text } = await host.visitor().get(`/user/${member.nickname}`);
      expect(text).toContain(`${link}, done.in<br>&lt;b&gt;</p>`);
      const follower = await host.member();
      await member.submit(`/user/${follower.nickname}/follow`, {}, `/user/${follower.nickname}`);
      for (const path of [`/user/${follower.nickname}/followers`, `/embed/user/${member.nickname}`]) {
        expect((await host.visitor().get(path)).text, path).toContain(`${link}, done.in &lt;b&gt;<`);
      }
    });

    it.each([
      [{ nickname: 'no way' }, 'nickname', 'nickname_characters', {}],
      [{ nickname: '' }, 'nickname', 'required', {}],
      [{ nickname: 'Admin' }, 'nickname', 'nickname_reserved', {}],
      [{ about_me: `z${'\u0337'.repeat(30)}` }, 'about_me', 'crowded_characters', {}],
      [{ nickname: 'TAKEN' }, 'nickname', 'taken', {}],
      [{ about_me: 'a'.repeat(141) }, 'about_me', 'too_long', { max: 140, count: 141 }],
    ] as const)('shows the form again for %j', async (fields, name, problem, params) => {
      await host.visitor().register('taken');
      const member = await host.member();
      const typed = { nickname: member.nickname, about_me: 'kept', ...fields };
      const answer = await member.submit('/edit', typed, '/edit');
      expect(answer.status).toBe(422);
      const field = name === 'about_me' ? 'aboutMe' : name;
      expect(faultAt(answer.text, name)).toBe(texts('en').field(field, problem, params));
      expect(valueIn(answer.text, 'nickname')).toBe(typed.nickname);
      expect(valueIn(answer.text, 'about_me')).toBe(typed.about_me);
    });
  });
}
