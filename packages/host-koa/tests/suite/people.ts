import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { flashOf, formActions, linkTo, tags, textOf } from '../support/html.ts';
import { expectSignInDemand } from '../support/shop.ts';
import { arriving } from '../support/surroundings.ts';
import { texts } from '../support/texts.ts';

const UNKNOWN = [
  'nobody',
  'a%00b',
  '%ED%A0%80',
  '%F0%9F%91%AA',
  '%3Cscript%3E',
  '1'.repeat(300),
  '%20',
  'a%2fb',
  '..%2f..',
];

export function peopleSuite(open: OpenHost): void {
  describe('a profile', () => {
    const host = useHost(open);

    it('shows the person, by nickname in any case', async () => {
      const { nickname } = await host.member();
      const { status, text } = await host.visitor().get(`/user/${nickname.toUpperCase()}`);
      expect(status).toBe(200);
      expect(textOf(text)).toContain(nickname);
    });

    it.each(arriving(UNKNOWN, open.around))('is not found for %s', async (nickname) => {
      const member = await host.member();
      for (const part of ['', '/followers', '/following']) {
        expect((await member.get(`/user/${nickname}${part}`)).status).toBe(404);
      }
      for (const part of ['/follow', '/unfollow']) {
        expect((await member.submit(`/user/${nickname}${part}`)).status).toBe(404);
      }
    });

    it('offers to follow others, but not oneself', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      const offers = async (path: string) => {
        const { text } = await john.get(path);
        return formActions(text).filter((action) => /\/(un)?follow$/.test(action)).length;
      };
      expect(await offers(`/user/${mary.nickname}`)).toBe(1);
      expect(await offers(`/user/${john.nickname}`)).toBe(0);
    });

    it('shows the last visit, in the language of the reader', async () => {
      const member = await host.member();
      await member.get('/explore');
      const { nickname } = member;
      await expect
        .poll(async () => (await host.running.microblog.users.show(null, nickname)).lastSeenAt)
        .not.toBeNull();
      const [english, spanish] = await Promise.all(
        ['en', 'es'].map(async (language) =>
          textOf((await host.visitor({ language }).get(`/user/${nickname}`)).text),
        ),
      );
      expect(english).toContain(texts('en').t('profile.last_seen', { date: 'now' }));
      expect(spanish).toContain(texts('es').t('profile.last_seen', { date: 'ahora' }));
    });

    it('shows the day of registration, and exact times in UTC, in the language of the reader', async () => {
      const { nickname } = await host.member();
      const { createdAt } = await host.running.microblog.users.show(null, nickname);
      for (const language of ['en', 'es']) {
        const { text } = await host.visitor({ language }).get(`/user/${nickname}`);
        const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
          createdAt,
        );
        expect(textOf(text)).toContain(texts(language).t('profile.joined', { date }));
        const joined = tags(text, 'time').find(({ attributes }) => 'data-day' in attributes);
        expect(joined?.attributes).toMatchObject({
          datetime: createdAt.toISOString(),
          title: expect.stringMatching(/UTC$/),
        });
      }
    });
  });

  describe('following', () => {
    const host = useHost(open);

    it('begins and ends with a button, shows a message, and leads to the profile', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      const profile = `/user/${mary.nickname}`;
      const { t } = texts('en');
      const begun = await john.submit(`${profile}/follow`);
      expect([begun.status, begun.location]).toEqual([303, profile]);
      const page = await john.get(profile);
      expect(flashOf(page.text)).toBe(t('flash.followed', { nickname: mary.nickname }));
      expect(formActions(page.text).some((action) => action.endsWith(`${profile}/unfollow`))).toBe(true);
      expect((await john.submit(`${profile}/unfollow`)).status).toBe(303);
      expect(flashOf((await john.get(profile)).text)).toBe(
        t('flash.unfollowed', { nickname: mary.nickname }),
      );
    });

    it('leads back to the page of the button', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      const answer = await john.submit(`/user/${mary.nickname}/follow`, { next: '/explore?before=42' });
      expect(answer.location).toBe('/explore?before=42');
    });

    it('never leads elsewhere', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      const answer = await john.submit(`/user/${mary.nickname}/follow`, { next: '//evil.example' });
      expect([answer.status, answer.location]).toEqual([303, '/']);
    });

    it('says nothing if nothing changed', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      expect((await john.submit(`/user/${mary.nickname}/unfollow`)).status).toBe(303);
      expect(flashOf((await john.get(`/user/${mary.nickname}`)).text)).toBeNull();
    });

    it('refuses oneself', async () => {
      const john = await host.member();
      const { status, text } = await john.submit(`/user/${john.nickname}/follow`);
      expect([status, textOf(text)]).toEqual([
        422,
        expect.stringContaining(texts('en').t('errors:codes.self_follow.title')),
      ]);
    });

    it('leads a visitor to the sign-in page', async () => {
      const { nickname } = await host.member();
      expectSignInDemand(open, await host.visitor().submit(`/user/${nickname}/follow`));
      expect(await host.running.microblog.users.show(null, nickname)).toMatchObject({ followerCount: 0 });
    });
  });

  describe('lists of people', () => {
    const host = useHost(open, { microblog: { postsPerPage: 2 } });

    it('show followers, and those followed, the latest first, in pages', async () => {
      const mary = await host.member();
      const followers = [await host.member(), await host.member(), await host.member()];
      for (const follower of followers) await follower.submit(`/user/${mary.nickname}/follow`);
      const names = followers.map(({ nickname }) => nickname);
      const shown = (html: string) => names.filter((name) => html.includes(`/user/${name}"`));
      const first = await host.visitor().get(`/user/${mary.nickname}/followers`);
      expect(shown(first.text)).toEqual(names.slice(1));
      const older = linkTo(first.text, 'next')?.split('/followers')[1];
      const second = await host.visitor().get(`/user/${mary.nickname}/followers${older}`);
      expect(shown(second.text)).toEqual(names.slice(0, 1));
      const following = await host.visitor().get(`/user/${names[0]}/following`);
      expect(following.text).toContain(`/user/${mary.nickname}"`);
    });

    it('lead to the first page if there is nothing newer', async () => {
      const { nickname } = await host.member();
      const answer = await host.visitor().get(`/user/${nickname}/followers?after=9223372036854775807`);
      expect([answer.status, answer.location]).toEqual([303, `/user/${nickname}/followers`]);
    });

    it('show the end of the list beyond the oldest post, and lead back', async () => {
      const [john, mary] = [await host.member(), await host.member()];
      await john.submit(`/user/${mary.nickname}/follow`);
      const { t } = texts('en');
      for (const path of [`/user/${mary.nickname}/followers`, `/user/${john.nickname}/following`]) {
        const { status, text } = await host.visitor().get(`${path}?before=1`);
        expect(status).toBe(200);
        expect(textOf(text)).toContain(t('pagination.end'));
        const back = tags(text, 'a').find(({ end }) => text.startsWith(t('pagination.newest'), end));
        expect(back?.attributes.href?.endsWith(path)).toBe(true);
      }
    });

    it('answer a wrong cursor with 400', async () => {
      const { nickname } = await host.member();
      expect((await host.visitor().get(`/user/${nickname}/followers?before=x`)).status).toBe(400);
      expect((await host.visitor().get(`/user/${nickname}/following?after=x`)).status).toBe(400);
    });
  });
}
