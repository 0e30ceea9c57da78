import { compareIds, operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { formActions, linkTo, postBodies, tags, textOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import type { Visitor } from '../support/visitor.ts';

const CURSORS = [
  'abc',
  '0',
  '-1',
  '1'.repeat(30),
  '9223372036854775808',
  '1%00',
  '%ED%A0%80',
  "1'%20or%20'1",
  '%F0%9F%91%AA',
];

/** A person with a number of posts: "1", "2", "3" and so on. */
async function author(host: TestHost, posts: number) {
  const member = await host.member();
  const user = await host.running.microblog.accounts.show(operator, member.nickname);
  for (let number = 1; number <= posts; number++) {
    await host.running.microblog.posts.publish(user, { body: String(number) });
  }
  return member;
}

/** The part of a link below the base path. */
function inside(host: TestHost, href: string | null): string {
  const base = new URL(`${host.running.url}/`).pathname.slice(0, -1);
  expect(href?.startsWith(`${base}/`)).toBe(true);
  return (href ?? '').slice(base.length);
}

async function pageOf(visitor: Visitor, path: string) {
  const { status, text } = await visitor.get(path);
  expect(status).toBe(200);
  return { bodies: postBodies(text), older: linkTo(text, 'next'), newer: linkTo(text, 'prev') };
}

export function timelinesSuite(open: OpenHost): void {
  describe.each(['/', '/explore', '/user/'])('a list of posts at %s', (list) => {
    const host = useHost(open, { microblog: { postsPerPage: 2 } });
    const pathFor = (nickname: string) => (list === '/user/' ? `/user/${nickname}` : list);

    it('goes to older posts and back to newer ones', async () => {
      const member = await author(host, 5);
      const first = await pageOf(member, pathFor(member.nickname));
      expect([first.bodies, first.newer]).toEqual([['5', '4'], null]);
      const second = await pageOf(member, inside(host, first.older));
      expect(second.bodies).toEqual(['3', '2']);
      const third = await pageOf(member, inside(host, second.older));
      expect(third.bodies[0]).toBe('1');
      expect((await pageOf(member, inside(host, third.newer))).bodies).toEqual(['3', '2']);
      expect((await pageOf(member, inside(host, second.newer))).bodies).toEqual(['5', '4']);
    });

    it('leads to the first page if there is nothing newer', async () => {
      const member = await author(host, 1);
      const [newest = ''] = [...(await host.written())].sort(compareIds).slice(-1);
      const answer = await member.get(`${pathFor(member.nickname)}?after=${newest}`);
      expect([answer.status, answer.location]).toEqual([303, pathFor(member.nickname)]);
    });

    it.each(['en', 'es'])(
      'says in %s that it is over beyond its oldest post, and leads back',
      async (language) => {
        const { nickname } = await author(host, 1);
        const { t } = texts(language);
        const path = pathFor(nickname);
        const { status, text } = await host.visitor({ language }).get(`${path}?before=1`);
        expect([status, postBodies(text)]).toEqual([200, []]);
        expect(textOf(text)).toContain(t('pagination.end'));
        for (const empty of [
          'explore.empty_title',
          'home.welcome_empty_title',
          'profile.empty_title',
        ] as const) {
          expect(textOf(text)).not.toContain(t(empty));
        }
        const back = tags(text, 'a').find(({ end }) => text.startsWith(t('pagination.newest'), end));
        expect(inside(host, back?.attributes.href ?? null)).toBe(path);
      },
    );

    it.each(CURSORS)('answers the cursor %s with 400', async (cursor) => {
      const member = await host.member();
      for (const name of ['before', 'after']) {
        const { status, text } = await member.get(`${pathFor(member.nickname)}?${name}=${cursor}`);
        expect([status, textOf(text)]).toEqual([
          400,
          expect.stringContaining(texts('en').t('errors:codes.invalid_cursor.title')),
        ]);
      }
    });

    it('answers both cursors at once with 400, and ignores an empty one', async () => {
      const member = await author(host, 1);
      const path = pathFor(member.nickname);
      expect((await member.get(`${path}?before=2&after=1`)).status).toBe(400);
      expect((await pageOf(member, `${path}?before=`)).bodies[0]).toBe('1');
      expect((await member.get(`${path}?before=2&before=3`)).status).toBe(200);
    });

    it('explains a wrong cursor in Spanish too', async () => {
      const { nickname } = await host.member();
      const { text } = await host.visitor({ language: 'es' }).get(`${pathFor(nickname)}?before=x`);
      expect(textOf(text)).toContain(texts('es').t('errors:codes.invalid_cursor.title'));
    });
  });

  describe('the home page', () => {
    const host = useHost(open);

    it('shows a visitor everything, a sign-in link, and no composer', async () => {
      await author(host, 1);
      const { text } = await host.visitor().get('/');
      expect(postBodies(text)).toContain('1');
      if (open.signIn === 'own') expect(text).toMatch(/href="[^"]*\/login"/);
      else expect(text).toMatch(/href="\/shop\/login\?next=[^"]*"/);
      expect(/href="[^"]*\/register"/.test(text)).toBe(open.signIn === 'own');
      expect(valueIn(text, 'body')).toBeNull();
    });

    it('shows a member the composer, and only own posts and those of people followed', async () => {
      const [reader, followed] = [await host.member(), await author(host, 2)];
      await author(host, 1);
      await reader.submit(`/user/${followed.nickname}/follow`);
      const { text } = await reader.get('/');
      expect(postBodies(text)).toEqual(['2', '1']);
      expect(valueIn(text, 'body')).toBe('');
    });

    it('suggests people to follow while it is empty', async () => {
      const popular = await host.member();
      const newcomer = await host.member();
      const { text } = await newcomer.get('/');
      expect(formActions(text).some((action) => action.endsWith(`/user/${popular.nickname}/follow`))).toBe(
        true,
      );
    });

    it('is over, not empty, for a member beyond the oldest post', async () => {
      const { text } = await (await author(host, 1)).get('/?before=1');
      expect(textOf(text)).toContain(texts('en').t('pagination.end'));
      expect(textOf(text)).not.toContain(texts('en').t('home.empty_title'));
      expect(valueIn(text, 'body')).toBe('');
    });

    it('lists nothing if nothing was written', async () => {
      const empty = await open();
      try {
        const response = await fetch(`${empty.url}/explore`);
        expect([response.status, postBodies(await response.text())]).toEqual([200, []]);
      } finally {
        await empty.close();
      }
    });
  });
}
