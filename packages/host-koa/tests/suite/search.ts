import { memorySearchIndex } from '@microblog/core';
import { describe, expect, it, vi } from 'vitest';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { linkTo, postBodies, tags, textOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';

/** Publishes as a member would, and waits until all posts can be found. */
async function published(host: TestHost, ...bodies: readonly string[]) {
  const member = await host.member();
  for (const body of bodies) expect((await member.submit('/posts', { body })).status).toBe(303);
  await vi.waitUntil(async () => {
    const { waiting, running } = await host.running.microblog.jobs.statistics();
    return waiting + running === 0;
  });
  return member;
}

const address = (query: string, more: Record<string, string> = {}) =>
  `/search?${new URLSearchParams({ q: query, ...more })}`;

export function searchSuite(open: OpenHost): void {
  describe('a search', () => {
    const host = useHost(open, { search: memorySearchIndex, microblog: { maxSearchResults: 2 } });

    const inside = (href: string | null) => {
      const base = new URL(`${host.running.url}/`).pathname.slice(0, -1);
      expect(href?.startsWith(`${base}/search?`)).toBe(true);
      return (href ?? '').slice(base.length);
    };

    it('shows posts to everybody, with the matches marked', async () => {
      await published(host, 'A crème <b>brûlée</b>', 'nothing of the kind');
      const { status, text } = await host.visitor().get(address('BRULEE creme'));
      expect(status).toBe(200);
      expect(postBodies(text)).toEqual(['A <mark>crème</mark> &lt;b&gt;<mark>brûlée</mark>&lt;/b&gt;']);
      expect(valueIn(text, 'q')).toBe('BRULEE creme');
    });

    it('shows no character of a query that HTML forbids', async () => {
      const { text } = await host.visitor().get(address('crème\u0085 \ue000brûlée\u001b'));
      expect(valueIn(text, 'q')).toBe('crème   brûlée ');
      expect(text).not.toMatch(/[\u0080-\u009f\ue000\u001b]/);
    });

    it('finds a deleted post no more', async () => {
      const member = await published(host, 'a vanishing act');
      const [item] = (await host.running.microblog.search.posts(null, { query: 'vanishing' })).items;
      await member.submit(`/posts/${item?.post.id}/delete`);
      expect(postBodies((await member.get(address('vanishing'))).text)).toEqual([]);
    });

    it('goes on to more results, and back to the first', async () => {
      const { nickname } = await published(host, 'page 1', 'page 2', 'page 3');
      for (const order of ['relevance', 'recent']) {
        const visitor = host.visitor();
        const first = await visitor.get(address(`page from:${nickname}`, { order }));
        expect(postBodies(first.text).map((body) => body.slice(-1))).toEqual(['3', '2']);
        const second = await visitor.get(inside(linkTo(first.text, 'next')));
        expect(postBodies(second.text).map((body) => body.slice(-1))).toEqual(['1']);
        expect(linkTo(second.text, 'next')).toBeNull();
        const back = tags(second.text, 'a').find(({ attributes }) => attributes.rel === 'first');
        const again = await visitor.get(inside(back?.attributes.href ?? null));
        expect(postBodies(again.text)).toEqual(postBodies(first.text));
      }
    });

    it('offers both orders, and keeps the one that was chosen', async () => {
      const { nickname } = await published(host, 'brief', 'not so brief as the other one');
      const visitor = host.visitor();
      const best = await visitor.get(address(`brief from:${nickname}`));
      expect(postBodies(best.text)[0]).toBe('<mark>brief</mark>');
      const link = tags(best.text, 'a').find(({ attributes }) => attributes.href?.includes('order=recent'));
      const recent = await visitor.get(inside(link?.attributes.href ?? null));
      expect(postBodies(recent.text)[1]).toBe('<mark>brief</mark>');
      expect(valueIn(recent.text, 'order')).toBe('recent');
      expect((await visitor.get(address('brief', { order: 'best' }))).status).toBe(200);
    });

    it.each(['en', 'es'])('shows in %s how to ask, by examples that work', async (language) => {
      const visitor = host.visitor({ language });
      const { t } = texts(language);
      for (const path of ['/search', '/search?q=', address('…')]) {
        const { status, text } = await visitor.get(path);
        expect([status, textOf(text)]).toEqual([200, expect.stringContaining(t('search.hint_title'))]);
        const examples = tags(text, 'a').filter(({ attributes }) => attributes.href?.includes('/search?q='));
        expect(examples).toHaveLength(9);
        for (const { attributes } of path === '/search' ? examples : []) {
          expect((await visitor.get(inside(attributes.href ?? null))).status).toBe(200);
        }
      }
    });

    it.each(['en', 'es'])('says in %s that nothing was found, and what to try', async (language) => {
      const { text } = await host.visitor({ language }).get(address('"no <such> thing'));
      expect(textOf(text)).toContain(texts(language).t('search.empty_title', { query: '"no <such> thing' }));
      expect(text).not.toContain('<such>');
    });

    it.each([
      '"',
      '-',
      'from:',
      'a AND (b',
      "'; drop table posts; --",
      '\u0000',
      '%ed%a0%80',
      'x'.repeat(10_000),
    ])('takes %j without a fault', async (query) => {
      const answer = await host
        .visitor()
        .get(`/search?q=${query.startsWith('%') ? query : encodeURIComponent(query)}`);
      expect([200, 400]).toContain(answer.status);
      expect(answer.status).toBe(query.startsWith('%') ? answer.status : 200);
    });

    it.each(['x', '0', '1_1_1', 'a b', '9'.repeat(300)])('answers the cursor %s with 400', async (cursor) => {
      await published(host, 'something');
      const { status, text } = await host.visitor().get(address('something', { cursor }));
      expect([status, textOf(text)]).toEqual([
        400,
        expect.stringContaining(texts('en').t('errors:codes.invalid_cursor.title')),
      ]);
    });

    it('is among the places', async () => {
      expect(
        tags((await host.visitor().get('/explore')).text, 'a').map(({ attributes }) => attributes.href),
      ).toContain(`${new URL(`${host.running.url}/`).pathname}search`);
    });
  });

  describe('a place without search', () => {
    const host = useHost(open);

    it.each(['en', 'es'])('shows a message in %s, and no search box', async (language) => {
      for (const path of ['/search', '/search?q=word']) {
        const { status, text } = await host.visitor({ language }).get(path);
        expect([status, textOf(text)]).toEqual([
          200,
          expect.stringContaining(texts(language).t('search.off_title')),
        ]);
        expect(valueIn(text, 'q')).toBeNull();
      }
    });

    it('does not name it among the places', async () => {
      const { text } = await host.visitor().get('/explore');
      expect(tags(text, 'a').some(({ attributes }) => attributes.href?.endsWith('/search'))).toBe(false);
    });
  });
}
