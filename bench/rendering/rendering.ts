/**
 * The CPU time of rendering pages in microseconds, from the data that core returns to the text of the page: compiled to
 * functions, and by Nunjucks. No server, no database. `node --conditions=@microblog/source rendering/rendering.ts`
 */
import { createMicroblog, type Entry, type MemberAccount, memoryStorage, operator } from '@microblog/core';
import { assembleHost } from '../../packages/host-koa/src/assemble-host.ts';
import type { HostContext } from '../../packages/host-koa/src/http/context.ts';
import type { PageHost } from '../../packages/host-koa/src/http/host.ts';
import { parseKoaAppOptions } from '../../packages/host-koa/src/koa-app-options-schema.ts';
import { renderText } from '../../packages/host-koa/src/open/answers.ts';
import { feed } from '../../packages/host-koa/src/open/feeds/feed.ts';
import { feedText, titleOf } from '../../packages/host-koa/src/open/feeds/feed-text.ts';
import { renderPage } from '../../packages/host-koa/src/pages/layout/page.ts';
import type { Templates } from '../../packages/host-koa/src/templates/templates.ts';
import { feedAlternates } from '../../packages/host-koa/src/views/alternates.ts';
import { keptByPost } from '../../packages/host-koa/src/views/kept-by-post.ts';
import { profileView } from '../../packages/host-koa/src/views/person-view.ts';
import { postHtml } from '../../packages/host-koa/src/views/post-text.ts';
import { pagedPosts, postView } from '../../packages/host-koa/src/views/post-view.ts';
import { postPreview } from '../../packages/host-koa/src/views/preview.ts';

const POSTS = 25;
const ROUNDS = 2_000;

const storage = memoryStorage();
const microblog = createMicroblog({ storage });
const options = {
  secretKeys: ['a key of this bench alone'],
  languages: ['en', 'es', 'ar', 'fr'],
  origin: 'https://blog.example.org',
};
const { host: assembled } = assembleHost(microblog, parseKoaAppOptions(options));

const account = (nickname: string) =>
  microblog.accounts.register(null, {
    nickname,
    email: `${nickname}@example.org`,
    password: 'a long password',
  });
const writers = await Promise.all(['ada', 'ben', 'eve'].map(account));
for (let number = 0; number < POSTS; number++) {
  const by = writers[number % writers.length] as MemberAccount;
  const body = `Post ${number} is a text of a common length, "quoted", with a link to https://example.org/${number}.\nAnd more.`;
  await microblog.posts.publish(by, { body });
}
const viewer = await microblog.accounts.show(operator, 'ada');
const page = await microblog.timelines.public(viewer, { limit: POSTS });
const [first] = page.items as [Entry];
const person = await microblog.users.show(viewer, 'ben');

/** The parts of the host that make pages; tokens and cookies cost nothing. */
function pageHost(templates: Templates): PageHost {
  const browser = {
    csrf: { issue: () => 'a-token-of-the-usual-length-and-more', isValid: () => true },
    flash: { set() {}, take: () => null, isWaiting: () => false },
  };
  return { ...assembled, browser, templates };
}

function context(templates: Templates, lang: string, member: boolean): HostContext {
  const translate = assembled.site.translations.translate(lang);
  const ctx = {
    state: {
      lang,
      translate,
      viewer: member ? viewer : null,
      requestId: 'id',
      route: '/',
      suspended: false,
      isVisit: true,
      draft: null,
    },
    writable: true,
    method: 'GET',
    path: '/',
    search: '',
    query: {},
    set() {},
    vary() {},
    cookies: { get: () => undefined },
    body: '',
    async render(name: string, model: object) {
      ctx.body = await templates.byNunjucks(name, { ...ctx.state, ...model });
    },
  };
  return ctx as unknown as HostContext;
}

const feedTexts = keptByPost(1_000_000, ({ body }) => {
  const text = feedText(body);
  return { text, title: titleOf(text), html: postHtml(text) };
});

type Page = (host: PageHost, ctx: HostContext) => Promise<unknown>;

const form = {
  values: { login: '', rememberMe: false },
  errors: { login: null, password: null },
  error: null,
};
const home: Page = (host, ctx) =>
  renderPage(
    host,
    ctx,
    'home.njk',
    {
      timeline: pagedPosts(host, ctx, page, '/', '/timeline/new'),
      composer: ctx.state.viewer === null ? null : { body: '', error: null },
      suggestions: [],
    },
    { place: 'home', alternates: feedAlternates(host.site, ctx, null) },
  );

const pages: Readonly<Record<string, readonly [lang: string, member: boolean, show: Page]>> = {
  'home, member': ['en', true, home],
  'home, member, Arabic': ['ar', true, home],
  'home, visitor': ['en', false, home],
  profile: [
    'en',
    true,
    (host, ctx) =>
      renderPage(host, ctx, 'profile.njk', {
        person: profileView(host.site.urls, ctx, person, { following: true, followedBy: false }),
        timeline: pagedPosts(host, ctx, page, '/user/ben'),
      }),
  ],
  permalink: [
    'en',
    true,
    (host, ctx) =>
      renderPage(
        host,
        ctx,
        'post.njk',
        { post: postView(host, ctx, first) },
        { preview: postPreview(host.site.urls, ctx, first) },
      ),
  ],
  'sign-in': [
    'en',
    false,
    (host, ctx) =>
      renderPage(host, ctx, 'login.njk', { form, next: '', draft: '', providers: [], link: null }),
  ],
  'not found': [
    'en',
    false,
    (host, ctx) =>
      renderPage(host, ctx, 'error.njk', {
        status: 404,
        code: 'page_not_found',
        title: 'Not found',
        text: 'x',
        draft: null,
        wayBack: null,
      }),
  ],
  'Atom feed': [
    'en',
    false,
    (host, ctx) =>
      renderText(host, ctx, 'feeds/atom.njk', {
        feed: feed(host.site, ctx, null, page, 'atom', (post) => feedTexts(post, '')),
        updated: '',
      }),
  ],
};

const byNunjucks: Templates = { ...assembled.templates, compiled: () => null };

async function microseconds(
  templates: Templates,
  [lang, member, show]: (typeof pages)[string],
): Promise<number> {
  const [host, ctx] = [pageHost(templates), context(templates, lang, member)];
  for (let round = 0; round < ROUNDS / 4; round++) await show(host, ctx);
  const series: number[] = [];
  for (let number = 0; number < 5; number++) {
    const start = process.cpuUsage();
    for (let round = 0; round < ROUNDS / 5; round++) {
      await show(host, ctx);
      // Koa needs the length: only then are the parts of the text put together.
      Buffer.byteLength(String(ctx.body));
    }
    const { user, system } = process.cpuUsage(start);
    series.push((user + system) / (ROUNDS / 5));
  }
  return series.toSorted((one, other) => one - other)[2] as number;
}

const rows: Record<string, object> = {};
for (const [name, shown] of Object.entries(pages)) {
  const start = performance.now();
  await shown[2](pageHost(assembled.templates), context(assembled.templates, shown[0], shown[1]));
  const compiling = performance.now() - start;
  rows[name] = {
    compiled: Math.round(await microseconds(assembled.templates, shown)),
    Nunjucks: Math.round(await microseconds(byNunjucks, shown)),
    'first page, ms': Number(compiling.toFixed(1)),
  };
}
console.table(rows);
