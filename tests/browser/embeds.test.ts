import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { htmlOfDocumentation } from '../docs/code-blocks.ts';
import { expectAccessible, launchBrowser } from '../support/browser.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';
import { type OtherSite, otherSite } from '../support/other-site.ts';

/** Milliseconds, on a busy machine. */
const POLL = { timeout: 20_000 };

const LONG_NAME = `the_${'long_'.repeat(12)}`;
const POSTS = [
  'x',
  'The engine might compose music of any degree of complexity or extent. '.repeat(4).trim(),
  `https://example.org/${'a-very-long-address/'.repeat(12)}`,
  '今日は天気がいいので散歩に出かけました。'.repeat(8),
  Array.from({ length: 20 }, (_, line) => `Line ${line + 1}`).join('\n'),
  'WIDE WORDS '.repeat(20).trim(),
  'i '.repeat(300).trim(),
];

let folder: Awaited<ReturnType<typeof initialisedFolder>>;
let server: Serving;
let browser: Browser;
let friend: OtherSite;
let stranger: OtherSite;
let context: BrowserContext;
let page: Page;
/** Errors of scripts and of the network, and requests refused by a content security policy. */
let complaints: string[];

beforeAll(async () => {
  [folder, browser, friend, stranger] = await Promise.all([
    initialisedFolder(),
    launchBrowser(),
    otherSite(),
    otherSite(),
  ]);
  server = await serveMicroblog(folder.path, {
    BASE_PATH: '/blog',
    BASE_URL: 'https://blog.example.org',
    EMBED_ORIGINS: friend.origin,
    POST_MAX_LENGTH: '1000',
  });
  const join = async (nickname: string, posts: readonly string[]) => {
    const member = browserlessMember(server.url);
    const fields = { nickname, email: `${nickname}@example.org`, password: 'correct horse battery' };
    expect((await member.submit('/register', fields)).status).toBe(303);
    for (const body of posts) expect((await member.submit('/posts', { body })).status).toBe(303);
  };
  await join('silent', []);
  await join(LONG_NAME, POSTS);
  await join('ada', ['one', 'two & <b>three</b>', 'https://example.org/']);
});
afterAll(async () => {
  await browser.close();
  server.kill('SIGTERM');
  expect((await server.finished).code).toBe(0);
  await Promise.all([friend.close(), stranger.close(), folder.remove()]);
});
beforeEach(async () => {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 700, height: 900 } });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});

const script = () => `<script async src="${server.url}/embed.js"></script>`;
/** Waits for what an element finally shows. */
const settled = async (element: Locator) => {
  await element.and(page.locator('microblog-timeline:defined:not([aria-busy])')).waitFor();
  return element;
};
const bodies = async (element: Locator) => (await settled(element)).locator('.body').allInnerTexts();

/** Evaluates an expression for an element and the card in it. */
const look = <Answer>(index: number, expression: string) =>
  page.evaluate<Answer>(`(() => {
    const element = document.querySelectorAll('microblog-timeline')[${index}];
    const card = element.shadowRoot.querySelector('.card');
    return ${expression};
  })()`);
const published = async (nickname: string): Promise<readonly { readonly url: string }[]> => {
  const feed = await (await fetch(`${server.url}/user/${nickname}/feed.json`)).json();
  return (feed as { items: { url: string }[] }).items;
};
const idOf = (url: string) => url.split('/').at(-1);

describe('a frame', () => {
  const frame = (path: string) =>
    `<iframe src="${server.url}/embed/${path}" title="Posts" height="500"></iframe>`;

  it('shows posts in a page of a site that may, and leaves no cookie', async () => {
    await page.goto(friend.page(frame('user/ada') + frame('timeline?limit=1')));
    const [first, second] = [0, 1].map((index) => page.frameLocator('iframe').nth(index).locator('.body'));
    await expect
      .poll(() => first?.allInnerTexts())
      .toEqual(['https://example.org/', 'two & <b>three</b>', 'one']);
    await expect.poll(() => second?.allInnerTexts(), POLL).toEqual(['https://example.org/']);
    expect(await context.cookies()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows nothing in a page of another site, nor in one of our own', async () => {
    for (const address of [stranger.page(frame('user/ada')), `${server.url}/embed/timeline`]) {
      await page.goto(address);
      complaints = [];
      await page.evaluate(
        `document.body.innerHTML = '<iframe src="${server.url}/embed/user/ada?${address.length}"></iframe>'`,
      );
      await expect.poll(() => complaints.join(), POLL).toMatch(/frame-ancestors|frame-src/);
      expect(await page.frameLocator('iframe').locator('.card').count()).toBe(0);
    }
  });

  it('opens links in a new window', async () => {
    await page.goto(friend.page(frame('user/ada')));
    const opened = context.waitForEvent('page');
    await page.frameLocator('iframe').locator('.foot a').click();
    expect((await opened).url()).toBe(`${server.url}/user/ada`);
  });

  it('of the height that oEmbed names holds the post without scrolling, and not much more', async () => {
    const items = await published(LONG_NAME);
    expect(items).toHaveLength(POSTS.length);
    for (const { url } of items) {
      await page.goto(`${server.url}/embed/post/${idOf(url)}`);
      for (const maxwidth of [280, 320, 420, 550]) {
        const asked = `${server.url}/oembed?maxwidth=${maxwidth}&url=${encodeURIComponent(url)}`;
        const answer = (await (await fetch(asked)).json()) as { html: string; width: number; height: number };
        expect(answer.html).toContain(`src="https://blog.example.org/blog/embed/post/${idOf(url)}"`);
        await page.setViewportSize({ width: answer.width, height: answer.height });
        const [shown = 0, whole = 0, used = 0] = await page.evaluate<number[]>(
          "(({ clientHeight, scrollHeight, firstElementChild }) => [clientHeight, scrollHeight, firstElementChild.offsetHeight])(document.querySelector('.posts'))",
        );
        expect(whole, `${url} at ${maxwidth}`).toBeLessThanOrEqual(shown);
        expect(shown - used, `room left for ${url} at ${maxwidth}`).toBeLessThan(90 + used * 0.8);
      }
    }
  });

  it.each(['timeline?lang=es', `user/${LONG_NAME}`, 'user/nobody', 'post'])(
    'has no accessibility violation, and fits 320 pixels: %s',
    async (path) => {
      await page.setViewportSize({ width: 320, height: 500 });
      const [post] = await published(LONG_NAME);
      await page.goto(`${server.url}/embed/${path === 'post' ? `post/${idOf(post?.url ?? '')}` : path}`);
      await expectAccessible(page);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
    },
  );
});

describe('<microblog-timeline>', () => {
  const element = (attributes = '', content = '') =>
    `<microblog-timeline ${attributes}>${content}</microblog-timeline>`;

  it('shows posts in a page of a site that may, several times over', async () => {
    const whole = `src="${server.url}/embed/user/${LONG_NAME}?limit=1"`;
    const body = ['user="ada"', 'limit="1"', whole, `base="${server.url}/" user="ada" limit="2"`]
      .map((attributes) => element(attributes))
      .join('');
    await page.goto(friend.page(body, { head: script() }));
    const elements = page.locator('microblog-timeline');
    expect(await bodies(elements.nth(0))).toEqual(['https://example.org/', 'two & <b>three</b>', 'one']);
    expect(await bodies(elements.nth(1))).toEqual(['https://example.org/']);
    expect(await bodies(elements.nth(2))).toEqual([POSTS.at(-1)]);
    expect(await bodies(elements.nth(3))).toEqual(['https://example.org/', 'two & <b>three</b>']);
    expect(await context.cookies()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows one post, with links to the blog and pictures from it', async () => {
    const id = idOf((await published('ada'))[1]?.url ?? '');
    await page.goto(friend.page(element(`post="${id}"`), { head: script() }));
    expect(await bodies(page.locator('microblog-timeline'))).toEqual(['two & <b>three</b>']);
    const links = await look<string[]>(0, "[...card.querySelectorAll('a')].map((link) => link.href)");
    expect(new Set(links)).toEqual(new Set([`${server.url}/user/ada`, `${server.url}/posts/${id}`]));
    await page.waitForFunction(
      "document.querySelector('microblog-timeline').shadowRoot.querySelector('img').naturalWidth > 0",
    );
  });

  it('works under a strict policy of the page around it, and as a module', async () => {
    const policy = `default-src 'none'; script-src ${server.url}/embed.js; connect-src ${server.url}/embed/; img-src ${server.url}/avatars/ data:`;
    for (const how of ['async', 'type="module"']) {
      const head = script().replace('async', how);
      await page.goto(friend.page(element('user="ada"'), { head, policy }));
      await settled(page.locator('microblog-timeline'));
      expect(await look(0, 'getComputedStyle(card).borderRadius')).toBe('12px');
    }
    expect(complaints).toEqual([]);
  });

  it('uses the fonts and the colours of the page, and those given to it', async () => {
    const head = `${script()}<style>body { font: 20px monospace; color: rgb(10, 20, 30) } .own { --microblog-text: rgb(1, 2, 3); --microblog-font: fantasy; --microblog-accent: rgb(200, 0, 0) }</style>`;
    await page.goto(friend.page(element('user="ada"') + element('user="ada" class="own"'), { head }));
    const looks = async (index: number) => {
      await settled(page.locator('microblog-timeline').nth(index));
      return look<string[]>(
        index,
        `(({ fontFamily, fontSize, color }) => [fontFamily, fontSize, color, getComputedStyle(card.querySelector('.body a')).color])(getComputedStyle(card))`,
      );
    };
    expect(await looks(0)).toEqual(['monospace', '20px', 'rgb(10, 20, 30)', 'rgb(10, 20, 30)']);
    expect(await looks(1)).toEqual(['fantasy', '20px', 'rgb(1, 2, 3)', 'rgb(200, 0, 0)']);
  });

  it('speaks the language of the page, or its own', async () => {
    const body = element('user="silent"') + element('user="silent" lang="en"');
    await page.goto(friend.page(body, { head: script(), lang: 'es' }));
    for (const [index, text] of ['Aún no hay publicaciones', 'No posts yet'].entries()) {
      const timeline = await settled(page.locator('microblog-timeline').nth(index));
      expect(await timeline.locator('.note').textContent()).toContain(text);
    }
  });

  it('asks again when an attribute changes, once for several, and not after it is removed', async () => {
    await page.goto(friend.page(element('user="ada"'), { head: script() }));
    const timeline = page.locator('microblog-timeline');
    await settled(timeline);
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await look(
      0,
      `[['user', '${LONG_NAME}'], ['limit', '9'], ['limit', '1']].forEach(([name, value]) => element.setAttribute(name, value))`,
    );
    await expect.poll(() => bodies(timeline), POLL).toEqual([POSTS.at(-1)]);
    const embeds = () => asked.filter((url) => url.includes('/embed/'));
    expect(embeds()).toEqual([`${server.url}/embed/user/${LONG_NAME}?limit=1&lang=en`]);
    await look(
      0,
      `[element.setAttribute('user', 'ada'), element.remove(), element.setAttribute('user', 'silent')]`,
    );
    await page.evaluate('new Promise((done) => setTimeout(done))');
    expect(embeds()).toHaveLength(1);
  });

  it('keeps its own content until there are posts, and if loading them fails', async () => {
    const asked = Promise.withResolvers<() => void>();
    friend.answer('/slow/embed/timeline', (_request, response) => {
      asked.resolve(() => response.end('<div class="card"><p class="body">late</p></div>'));
    });
    const body = element(`base="${friend.origin}/slow"`, '<a href="/">Elsewhere</a>');
    await page.goto(friend.page(body, { head: script() }));
    const timeline = page.locator('microblog-timeline');
    await page.locator('microblog-timeline[aria-busy=true]').waitFor();
    const word = page.getByText('Elsewhere');
    expect(await word.isVisible()).toBe(true);
    (await asked.promise)();
    expect(await bodies(timeline)).toEqual(['late']);
    expect(await word.isVisible()).toBe(false);
    await look(0, `element.setAttribute('base', '${friend.origin}/nothing')`);
    await settled(timeline);
    expect(await word.isVisible()).toBe(true);
  });

  it.each([
    ['en', 'These posts can’t be shown right now.', 'Try again'],
    ['es', 'Ahora no se pueden mostrar estas publicaciones.', 'Reintentar'],
    ['fr-CA', 'Ces messages ne peuvent pas être affichés pour le moment.', 'Réessayer'],
    ['ar', 'لا يمكن عرض هذه المنشورات الآن.', 'إعادة المحاولة'],
    ['de', 'These posts can’t be shown right now.', 'Try again'],
  ])('says in %s that it cannot, on a site that may not, and tries again', async (lang, text, again) => {
    // White space does not count as the element's own content.
    await page.goto(stranger.page(element('user="ada"', ' \n '), { head: script(), lang }));
    const timeline = await settled(page.locator('microblog-timeline'));
    expect(await timeline.getByRole('status').textContent()).toContain(text);
    expect(await timeline.getByRole('status').evaluate((note) => getComputedStyle(note).direction)).toBe(
      lang === 'ar' ? 'rtl' : 'ltr',
    );
    expect(await timeline.locator('.card').count()).toBe(0);
    const asked = page.waitForRequest(/\/embed\/user\/ada/);
    await timeline.getByRole('button', { name: again }).click();
    await asked;
    await settled(timeline);
    await expectAccessible(page);
  });

  it('shows the blog’s message if there are no posts', async () => {
    await page.goto(friend.page(element('user="nobody"') + element('user="silent"'), { head: script() }));
    for (const [index, text] of ['There is no account with that name', 'No posts yet'].entries()) {
      const timeline = await settled(page.locator('microblog-timeline').nth(index));
      expect(await timeline.locator('.note').textContent()).toContain(text);
    }
  });

  it('runs no code of an embed, wherever it comes from', async () => {
    friend.answer('/evil/embed/timeline', (_request, response) => {
      response.end(`<div class="card" onclick="ran = 1" style="color: red" onfocus="ran = 1" tabindex="0">
        <img src="/nothing.png" onerror="ran = 1"><script>ran = 1</script><svg onload="ran = 1"><a href="javascript:ran = 1">s</a></svg>
        <iframe srcdoc="<script>parent.ran = 1</script>"></iframe><object data="data:text/html,x"></object>
        <a href="javascript:ran = 1">one</a><a href=" JaVa&#9;Script:ran = 1">two</a><a href="data:text/html,x">three</a>
        <a href="/fine">four</a><template><img src=x onerror="ran = 1"></template><form action="/"><button>Go</button></form>
      </div>`);
    });
    await page.goto(friend.page(element(`base="${friend.origin}/evil"`), { head: script() }));
    const card = (await settled(page.locator('microblog-timeline'))).locator('.card');
    await card.locator('a').nth(0).click();
    await card.locator('a').nth(1).click();
    const links = await look(0, "[...card.querySelectorAll('a')].map((link) => link.getAttribute('href'))");
    expect(links).toEqual([null, null, null, `${friend.origin}/fine`]);
    expect(await card.locator('script, svg, iframe, object, form, button, template').count()).toBe(0);
    expect(await look(0, 'card.getAttributeNames()')).toEqual(['class']);
    expect(await page.evaluate('typeof ran')).toBe('undefined');
  });

  it('has no accessibility violation, and fits 320 pixels', async () => {
    const head = `${script()}<style>:root { color-scheme: light dark; color: CanvasText; background: Canvas }</style>`;
    const body = element(`user="${LONG_NAME}"`) + element('limit="2" lang="es"') + element('user="silent"');
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(
      friend.page(body, { head: `<meta name="viewport" content="width=device-width">${head}` }),
    );
    for (let index = 0; index < 3; index++) await settled(page.locator('microblog-timeline').nth(index));
    await expectAccessible(page);
    expect(
      await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
  });
});

it.each(htmlOfDocumentation())('markup works as $place shows it', async ({ text }) => {
  await page.goto(friend.page(text.replaceAll('https://blog.example.org', server.url)));
  const shown = text.includes('<iframe')
    ? page.frameLocator('iframe').locator('.body')
    : (await settled(page.locator('microblog-timeline'))).locator('.body');
  await shown.first().waitFor();
  expect((await shown.allTextContents())[0]).toBe('https://example.org/');
  expect(complaints).toEqual([]);
});

it('feeds are XML for a browser, with the public address of the site', async () => {
  await page.goto(`${server.url}/explore`);
  const [faults, ids, self] = await page.evaluate<[number, number, string]>(`(async () => {
    const text = await (await fetch('/blog/feed.atom')).text();
    const feed = new DOMParser().parseFromString(text, 'application/xml');
    return [
      feed.querySelectorAll('parsererror').length,
      feed.querySelectorAll('entry > id').length,
      feed.querySelector('feed > link[rel=self]').getAttribute('href'),
    ];
  })()`);
  expect([faults, ids, self]).toEqual([0, POSTS.length + 3, 'https://blog.example.org/blog/feed.atom']);
});
