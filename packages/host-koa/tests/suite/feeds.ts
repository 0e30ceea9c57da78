import type { PostId } from '@microblog/core';
import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type ReadFeed, readAtom, readJsonFeed } from '../support/feeds.ts';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { tags, textOf } from '../support/html.ts';
import { arriving } from '../support/surroundings.ts';
import { texts } from '../support/texts.ts';

const ORIGIN = 'https://blog.example.org';

const formats = {
  atom: { type: 'application/atom+xml; charset=utf-8', read: readAtom },
  json: { type: 'application/feed+json; charset=utf-8', read: readJsonFeed },
} as const;

/** The base path that the host is mounted under. */
const baseOf = (host: TestHost) => new URL(`${host.running.url}/`).pathname.slice(0, -1);

/** An absolute address of the site as a path under the base path. */
function inside(host: TestHost, address: string | null): string {
  const home = `${ORIGIN}${baseOf(host)}`;
  expect(address?.startsWith(`${home}/`), `${address}`).toBe(true);
  return (address ?? '').slice(home.length);
}

/** A person with posts, the last one is the newest. */
async function author(host: TestHost, ...bodies: string[]) {
  const member = await host.member();
  const user = await host.running.microblog.accounts.show(operator, member.nickname);
  for (const body of bodies) await host.running.microblog.posts.publish(user, { body });
  return { ...member, user };
}

export function feedsSuite(open: OpenHost): void {
  describe.each(['atom', 'json'] as const)('a feed as %s', (format) => {
    const host = useHost(open, { microblog: { postsPerPage: 2 }, app: { origin: ORIGIN } });
    const { type, read } = formats[format];

    async function readFrom(path: string): Promise<ReadFeed> {
      const { status, headers, text } = await host.visitor().get(path);
      expect([status, headers.get('Content-Type')]).toEqual([200, type]);
      return read(text);
    }

    it("holds one person's posts, the newest first, with absolute links", async () => {
      const { nickname } = await author(host, 'one', 'two');
      const feed = await readFrom(`/user/${nickname}/feed.${format}`);
      expect(inside(host, feed.self)).toBe(`/user/${nickname}/feed.${format}`);
      expect(inside(host, feed.page)).toBe(`/user/${nickname}`);
      expect(feed.title).toContain(nickname);
      expect(feed.entries.map(({ html }) => html)).toEqual([
        '<p dir="auto">two</p>',
        '<p dir="auto">one</p>',
      ]);
      for (const { url, author: by } of feed.entries) {
        expect(by).toBe(nickname);
        expect((await host.visitor().get(inside(host, url))).status).toBe(200);
      }
    });

    it("holds everybody's posts too", async () => {
      const [first, second] = [await author(host, 'from one'), await author(host, 'from another')];
      const feed = await readFrom(`/feed.${format}`);
      expect(inside(host, feed.page)).toBe('/explore');
      expect(feed.entries.map((entry) => entry.author)).toEqual([second.nickname, first.nickname]);
    });

    it('is right without a post', async () => {
      const { nickname } = await author(host);
      const feed = await readFrom(`/user/${nickname}/feed.${format}`);
      expect([feed.entries, feed.older]).toEqual([[], null]);
    });

    it('leads from page to page, to each post once', async () => {
      const { nickname } = await author(host, '1', '2', '3', '4', '5');
      const found: string[] = [];
      let path: string | null = `/user/${nickname}/feed.${format}`;
      let pages = 0;
      while (path !== null) {
        const feed: ReadFeed = await readFrom(path);
        expect(inside(host, feed.self)).toBe(path);
        found.push(...feed.entries.map(({ html }) => html.replace(/<[^>]*>/g, '')));
        if (format === 'atom' && pages++ > 0) expect(feed.newer).not.toBeNull();
        path = feed.older === null ? null : inside(host, feed.older);
      }
      expect(found).toEqual(['5', '4', '3', '2', '1']);
    });

    it('keeps its name and those of its entries when the nickname changes', async () => {
      const { nickname, user } = await author(host, 'here to stay');
      const before = await readFrom(`/user/${nickname}/feed.${format}`);
      await host.running.storage.users.update(user.id, { nickname: `${nickname}_new` });
      const after = await readFrom(`/user/${nickname}_new/feed.${format}`);
      expect(after.id).toBe(before.id);
      expect(after.entries.map(({ id, url }) => [id, url])).toEqual(
        before.entries.map(({ id, url }) => [id, url]),
      );
      expect(after.entries[0]?.id).not.toContain(nickname);
      expect((await host.visitor().get(`/user/${nickname}/feed.${format}`)).status).toBe(404);
    });

    it('holds markup as text, links, line breaks, emoji, and either direction of writing', async () => {
      const { nickname } = await author(
        host,
        '<b>&amp; "q" \'a\'</b> ]]>\nhttps://example.org/?a=1&b=2',
        'مرحبا 👨‍👩‍👧‍👦 שלום',
      );
      const [rtl, markup] = (await readFrom(`/user/${nickname}/feed.${format}`)).entries;
      expect(rtl?.html).toBe('<p dir="auto">مرحبا 👨‍👩‍👧‍👦 שלום</p>');
      expect(markup?.html).toBe(
        '<p dir="auto">&lt;b&gt;&amp;amp; &quot;q&quot; &#39;a&#39;&lt;/b&gt; ]]&gt;<br>' +
          '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener">https://example.org/?a=1&amp;b=2</a></p>',
      );
    });

    it('leaves out what XML cannot hold, and names the language of a post if it is known', async () => {
      const { nickname, user } = await author(host);
      await host.running.storage.posts.insert({
        id: String((BigInt(Date.now()) << 16n) + 7n) as PostId,
        authorId: user.id,
        body: 'bell \u0007, escape \u001b[0m, noncharacters \ufffe\uffff, tab\t.',
        language: 'en',
        createdAt: new Date(),
      });
      const [entry] = (await readFrom(`/user/${nickname}/feed.${format}`)).entries;
      expect(entry?.html).toBe('<p dir="auto">bell , escape [0m, noncharacters , tab\t.</p>');
      expect(entry?.language).toBe('en');
    });

    it('speaks the language asked for', async () => {
      const path = `/feed.${format}`;
      const { t } = texts('es');
      for (const [address, headers] of [
        [`${path}?lang=es`, {}],
        [`${path}?lang=ES-mx`, {}],
        [path, { 'Accept-Language': 'es' }],
        [`${path}?lang=xx`, { 'Accept-Language': 'es' }],
      ] as const) {
        const { text } = await host.visitor().get(address, headers);
        expect(read(text).language).toBe('es');
        expect(text).toContain(t('layout.description'));
      }
      expect(inside(host, (await readFrom(`${path}?lang=es`)).self)).toBe(`${path}?lang=es`);
    });

    it('is answered with 304 if the client has it', async () => {
      const member = await author(host, 'one');
      const path = `/user/${member.nickname}/feed.${format}`;
      const { headers } = await host.visitor().get(path);
      const known = {
        'If-None-Match': headers.get('ETag') ?? '',
        'If-Modified-Since': headers.get('Last-Modified') ?? '',
      };
      expect(headers.get('Cache-Control')).toMatch(/^public, max-age=\d+$/);
      for (const name of ['If-None-Match', 'If-Modified-Since'] as const) {
        const answer = await host.visitor().get(path, { [name]: known[name] });
        expect([answer.status, answer.text, answer.headers.get('ETag')]).toEqual([
          304,
          '',
          headers.get('ETag'),
        ]);
        expect(answer.headers.get('Vary')).toMatch(/Accept-Language/);
      }
      const among = { 'If-None-Match': `"other", W/${known['If-None-Match']}` };
      expect((await host.visitor().get(path, among)).status).toBe(304);
      // If both are sent, the tag decides.
      const gone = { ...known, 'If-None-Match': '"other"' };
      expect((await host.visitor().get(path, gone)).status).toBe(200);
      const earlier = { 'If-Modified-Since': new Date(0).toUTCString() };
      expect((await host.visitor().get(path, earlier)).status).toBe(200);
      await host.running.microblog.posts.publish(member.user, { body: 'two' });
      const tag = { 'If-None-Match': known['If-None-Match'] };
      expect((await host.visitor().get(path, tag)).status).toBe(200);
    });

    it('answers HEAD as GET, without the feed', async () => {
      const { status, headers, text } = await host.visitor().request(`/feed.${format}`, { method: 'HEAD' });
      expect([status, headers.get('Content-Type'), text]).toEqual([200, type, '']);
    });

    it('is the same for a member, reads no session, and sets no cookie', async () => {
      const member = await author(host, 'one');
      const path = `/user/${member.nickname}/feed.${format}`;
      const [own, others] = [await member.get(path), await host.visitor().get(path)];
      expect(own.text).toBe(others.text);
      for (const { headers, setCookies } of [own, others]) {
        expect(setCookies.size).toBe(0);
        expect(headers.get('Vary')).not.toMatch(/Cookie/);
      }
    });

    it.each([
      ...arriving(['/user/nobody/feed', '/user/%00/feed', '/user/%ED%A0%80/feed'], open.around).map(
        (path) => [path, '', 404] as const,
      ),
      ['/feed', '?before=x', 400],
      ['/feed', '?before=2&after=1', 400],
    ] as const)('%s.…%s is answered with a line of text: %d', async (path, query, expected) => {
      const { status, headers, text, setCookies } = await host
        .visitor({ language: 'es' })
        .get(`${path}.${format}${query}`);
      expect([status, headers.get('Content-Type'), setCookies.size]).toEqual([
        expected,
        'text/plain; charset=utf-8',
        0,
      ]);
      const code = expected === 404 ? 'user_not_found' : 'invalid_cursor';
      expect(text).toBe(`${texts('es').error(code)}\n`);
    });

    it('takes no other method', async () => {
      const { status, headers } = await host.visitor().request(`/feed.${format}`, { method: 'DELETE' });
      expect([status, headers.get('Allow')]).toEqual([405, 'HEAD, GET']);
    });

    it('does not clash with a person of that name', async () => {
      const nickname = `feed.${format}`;
      await host.member({}, nickname);
      const page = await host.visitor().get(`/user/${nickname}`);
      expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(textOf(page.text)).toContain(nickname);
      const feed = await readFrom(`/user/${nickname}/${nickname}`);
      expect(inside(host, feed.page)).toBe(`/user/${nickname}`);
    });

    it('is found from the pages', async () => {
      const { nickname, user } = await author(host, 'one');
      const [post] = (await host.running.microblog.timelines.ofAuthor(null, user)).items;
      for (const [page, address] of [
        ['/', '/feed'],
        ['/explore', '/feed'],
        [`/user/${nickname}`, `/user/${nickname}/feed`],
        [`/posts/${post?.post.id}`, `/user/${nickname}/feed`],
      ]) {
        const { text } = await host.visitor().get(page ?? '');
        const link = tags(text, 'link').find(
          ({ attributes }) => attributes.rel === 'alternate' && attributes.type === type.split(';')[0],
        );
        expect(link?.attributes.href).toBe(`${baseOf(host)}${address}.${format}`);
        expect(link?.attributes.title).toMatch(/\S/);
      }
    });
  });

  describe('a feed', () => {
    const anonymous = useHost(open);
    const closed = useHost(open, { app: { requireLogin: true, origin: ORIGIN } });

    it('has paths for links if the site’s origin is unknown', async () => {
      const { nickname } = await author(anonymous, 'one');
      const base = baseOf(anonymous);
      const get = async (path: string) => (await anonymous.visitor().get(path)).text;
      const [atom, json] = [
        readAtom(await get('/feed.atom')),
        readJsonFeed(await get(`/user/${nickname}/feed.json`)),
      ];
      expect(atom.self).toBe(`${base}/feed.atom`);
      expect(json.self).toBe(`${base}/user/${nickname}/feed.json`);
      expect(json.entries[0]?.url).toMatch(new RegExp(`^${base}/posts/\\d+$`));
    });

    it('is closed, and not linked by pages, if visitors see nothing', async () => {
      const member = await closed.member();
      for (const path of ['/feed.atom', '/feed.json', `/user/${member.nickname}/feed.atom`]) {
        for (const who of [closed.visitor(), member]) {
          const { status, text } = await who.get(path);
          expect([status, text]).toEqual([401, `${texts('en').error('sign_in_required')}\n`]);
        }
      }
      const { text } = await member.get('/explore');
      expect(tags(text, 'link').some(({ attributes }) => attributes.rel === 'alternate')).toBe(false);
    });
  });
}
