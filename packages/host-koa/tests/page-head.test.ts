import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from './support/host.ts';
import { tags } from './support/html.ts';
import { texts } from './support/texts.ts';

const ORIGIN = 'https://blog.example.org';
const BODY = `Rain <b>& "wind"</b>\n\n  ${'and more rain '.repeat(30)}`;

/** The page's metadata for programs: by name or property, and the canonical address. */
function headOf(html: string): Record<string, string | undefined> {
  const named = tags(html, 'meta').map(({ attributes: { name, property, content } }) => [
    name ?? property,
    content,
  ]);
  const canonical = tags(html, 'link').find(({ attributes }) => attributes.rel === 'canonical');
  return { ...Object.fromEntries(named), canonical: canonical?.attributes.href };
}

/** A person with one post, in a host whose posts may be long. */
async function author(host: ReturnType<typeof useHost>) {
  const { nickname } = await host.member();
  const user = await host.running.microblog.accounts.show(operator, nickname);
  const { id } = await host.running.microblog.posts.publish(user, { body: BODY });
  return { nickname, id };
}

describe.each(['', '/blog'])('the head of a page, if the origin is known (base path: %j)', (basePath) => {
  const host = useHost(hostOpener({ basePath }), {
    microblog: { postMaxLength: 1000, emailHashes: 'all' },
    app: { origin: ORIGIN, gravatar: true },
  });
  const home = `${ORIGIN}${basePath}`;
  const head = async (path: string) => headOf((await host.visitor().get(path)).text);

  it('describes a post by its text, in one line that is cut if it is long', async () => {
    const { nickname, id } = await author(host);
    const found = await head(`/posts/${id}`);
    expect(found).toMatchObject({
      canonical: `${home}/posts/${id}`,
      'og:type': 'article',
      'og:site_name': 'Microblog',
      'og:title': texts('en').t('post.title', { nickname }),
      'og:url': `${home}/posts/${id}`,
      'og:image': expect.stringMatching(/^https:\/\/gravatar\.com\//),
      'twitter:card': 'summary',
    });
    expect(found.description).toMatch(/^Rain <b>& "wind"<\/b> and more rain .*…$/);
    expect(found.description?.length).toBeLessThanOrEqual(201);
    expect(found['og:description']).toBe(found.description);
  });

  it('describes a person by their own text, or by their name, however the address was spelt', async () => {
    const { nickname } = await author(host);
    const path = `/user/${nickname}`;
    expect(await head(`/user/${nickname.toUpperCase()}?from=elsewhere`)).toMatchObject({
      canonical: home + path,
      description: texts('en').t('profile.description', { nickname }),
      'og:type': 'profile',
      'og:title': nickname,
    });
    const user = await host.running.microblog.accounts.show(operator, nickname);
    await host.running.microblog.users.editProfile(user, { nickname, aboutMe: 'Bakes.\nAt night.' });
    expect((await head(path)).description).toBe('Bakes. At night.');
  });

  it.each([
    ['/', '/'],
    ['/?utm_source=x', '/'],
    ['/explore?before=5&x=1', '/explore?before=5'],
    ['/login?next=%2Fexplore', '/login'],
  ])('names the one address of %s', async (path, canonical) => {
    await author(host);
    expect((await head(path)).canonical).toBe(home + canonical);
  });

  it('names no address for an error page', async () => {
    expect(await head('/nowhere')).toMatchObject({ canonical: undefined });
  });

  it('describes each page of the site differently, in the language of its reader', async () => {
    const paths = ['/', '/explore', '/search', '/login', '/register'];
    const found = new Set<string | undefined>();
    for (const language of ['en', 'es']) {
      for (const path of paths) {
        const { text } = await host.visitor({ language }).get(path);
        found.add(headOf(text).description);
        expect(tags(text, 'h1'), path).toHaveLength(1);
      }
    }
    expect(found.size).toBe(2 * paths.length);
    expect([...found].filter((description) => !description || /[{}]/.test(description))).toEqual([]);
  });

  it('is the place of robots.txt at the root of a site alone', async () => {
    const { status, headers, text, setCookies } = await host.visitor().get('/robots.txt');
    if (basePath !== '') return expect(status).toBe(404);
    expect([status, headers.get('Content-Type'), setCookies.size]).toEqual([
      200,
      'text/plain; charset=utf-8',
      0,
    ]);
    expect(text).toMatch(/^User-agent: \*\nDisallow: \/search\?\n/);
  });
});

describe('the head of a page, if the origin is unknown', () => {
  const host = useHost(hostOpener(), { microblog: { postMaxLength: 1000 } });

  it('has no address but those of files and feeds', async () => {
    const { nickname, id } = await author(host);
    const { text } = await host.visitor().get(`/posts/${id}`);
    const head = headOf(text);
    expect([head.canonical, head['og:url'], head['og:image']]).toEqual([undefined, undefined, undefined]);
    expect(head['og:title']).toBe(texts('en').t('post.title', { nickname }));
  });

  it('excludes results from search engines, not the search page', async () => {
    const robots = async (path: string) => headOf((await host.visitor().get(path)).text).robots;
    expect([await robots('/search?q=x'), await robots('/search'), await robots('/')]).toEqual([
      'noindex',
      undefined,
      undefined,
    ]);
  });
});

describe('robots.txt of a place that is closed to visitors', () => {
  const host = useHost(hostOpener(), { app: { requireLogin: true } });

  it('keeps programs out of all of it', async () => {
    expect((await host.visitor().get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n');
  });
});
