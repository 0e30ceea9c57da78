import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor } from '../../packages/core/src/index.ts';
import { blog } from '../../packages/host-koa/tests/support/blog.ts';
import { expectAccessible, launchBrowser } from '../support/browser.ts';

const password = 'correct horse battery';
const LONG_NAME = `ada.${'a'.repeat(60)}`;
const arabic = 'صباح الخير من #القاهرة، قرأتُ كتاب "Moby-Dick" اليوم!';
const english = 'Good morning. Today I read كليلة ودمنة, at last!';

/** Pages of a member, and elements on them at the side where a line begins, or where it ends. */
const mirrored: readonly (readonly [path: string, begins: readonly string[], ends: readonly string[]])[] = [
  ['/', ['.rail', '.brand', '.post-avatar', '.composer .avatar'], ['.aside', '.composer button']],
  [`/user/${LONG_NAME}`, ['.profile-avatar', '.post-avatar'], ['.aside', '.follow .btn']],
  ['/settings', ['.settings h2', '[action$="/settings/language"] button'], ['.aside']],
  ['/explore', ['.post-avatar'], ['.pagination-older']],
];

/** Runs in the browser and here: scripts of pages change the times when they start. */
function timesIn({ language, instant }: { language: string; instant: number }) {
  const utc = { timeZone: 'UTC' } as const;
  return {
    ago: new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'auto' }).format(-5, 'minute'),
    exact: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', ...utc }).format(
      instant,
    ),
    day: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...utc }).format(instant),
  };
}

describe('the pages in Arabic', () => {
  const { app, microblog } = blog({ basePath: '', languages: ['en', 'ar'], limitAttempts: false });
  let server: Server;
  let browser: Browser;
  const contexts: Record<string, BrowserContext> = {};

  async function open(language: string, path: string, width = 1280): Promise<Page> {
    const page = await contexts[language]?.newPage();
    if (page === undefined) throw new Error(`There is no page in ${language}.`);
    await page.setViewportSize({ width, height: 800 });
    await page.goto(path);
    return page;
  }
  /** The distance of the first such element from the left and from the right of the window. */
  const gaps = (page: Page, selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { left, right } = element.getBoundingClientRect();
        return { left, right: document.documentElement.clientWidth - right };
      });

  beforeAll(async () => {
    server = createServer(app.callback());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser();
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ada = await microblog.accounts.register(visitor, {
      nickname: LONG_NAME,
      email: 'ada@example.org',
      password,
    });
    for (let post = 0; post < 60; post++) {
      await microblog.posts.publish(ada, { body: `${post}: ${post % 2 === 0 ? arabic : english}` });
    }
    for (const [language, nickname] of [
      ['en', 'ben'],
      ['ar', 'noor'],
    ] as const) {
      const context = await browser.newContext({ baseURL, locale: language, reducedMotion: 'reduce' });
      contexts[language] = context;
      const page = await open(language, '/register');
      await page.fill('[name=nickname]', nickname);
      await page.fill('[name=email]', `${nickname}@example.org`);
      await page.fill('[name=password]', password);
      await page.click('form:has([name=nickname]) button');
      await page.waitForURL(`${baseURL}/`);
      await page.fill('[name=body]', language === 'ar' ? arabic : english);
      await page.click('form:has([name=body]) button');
      await page.waitForURL(`${baseURL}/`);
      await page.close();
    }
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(mirrored)('mirror those in English: %s', async (path, begins, ends) => {
    const [ltr, rtl] = [await open('en', path), await open('ar', path)];
    expect([
      await ltr.locator('html').getAttribute('dir'),
      await rtl.locator('html').getAttribute('dir'),
    ]).toEqual(['ltr', 'rtl']);
    for (const selector of [...begins, ...ends]) {
      const side = begins.includes(selector) ? 'begins' : 'ends';
      const [before, after] = [await gaps(ltr, selector), await gaps(rtl, selector)];
      const there = side === 'begins' ? before.left : before.right;
      const here = side === 'begins' ? after.right : after.left;
      expect(Math.abs(here - there), `${selector} ${side} at ${there} and at ${here}`).toBeLessThan(2);
      // An unchanged page would pass if the element stands in the middle.
      const elsewhere = side === 'begins' ? after.left : after.right;
      expect(Math.abs(elsewhere - there), `${selector} is in the middle`).toBeGreaterThan(20);
    }
    for (const page of [ltr, rtl]) await page.close();
  });

  it('turn arrows round', async () => {
    for (const [language, transform] of [
      ['en', 'none'],
      ['ar', 'matrix(-1, 0, 0, 1, 0, 0)'],
    ] as const) {
      const page = await open(language, '/explore');
      const arrow = page.locator('.pagination-older .icon-flip');
      expect(await arrow.evaluate((icon) => getComputedStyle(icon).transform)).toBe(transform);
      await page.close();
    }
  });

  it('show each post in the direction of its own script', async () => {
    for (const language of ['en', 'ar']) {
      const page = await open(language, '/explore');
      const directions = await page
        .locator('.post-body')
        .evaluateAll((bodies) =>
          bodies
            .slice(0, 2)
            .map((body) => [/^[a-z]/i.test(body.textContent ?? ''), getComputedStyle(body).direction]),
        );
      expect(directions).toEqual([
        [false, 'rtl'],
        [true, 'ltr'],
      ]);
      await page.close();
    }
  });

  it('keep the words and figures of times that the server wrote', async () => {
    const page = await open('ar', '/explore');
    const instant = Date.UTC(2026, 10, 22, 14, 5);
    for (const language of ['en', 'es', 'fr', 'ar']) {
      expect(await page.evaluate(timesIn, { language, instant })).toEqual(timesIn({ language, instant }));
    }
    expect(timesIn({ language: 'ar', instant }).ago).toBe('قبل 5 دقائق');
    await page.close();
  });

  it.each([
    '/',
    '/explore',
    `/user/${LONG_NAME}`,
    `/user/${LONG_NAME}/followers`,
    '/settings',
    '/edit',
    '/search',
    '/nowhere',
  ])('do not scroll sideways at 320 pixels: %s', async (path) => {
    const page = await open('ar', path, 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it.each(['/', `/user/${LONG_NAME}`, '/settings'])(
    'have no violation of axe in either theme: %s',
    async (path) => {
      const page = await open('ar', path, 390);
      await expectAccessible(page);
      await page.close();
    },
  );

  it('let visitors in without a violation of axe, too', async () => {
    const context = await browser.newContext({
      baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      locale: 'ar',
      viewport: { width: 320, height: 800 },
    });
    const page = await context.newPage();
    for (const path of ['/login', '/register']) {
      await page.goto(path);
      expect(await page.locator('html').getAttribute('lang')).toBe('ar');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await expectAccessible(page);
    }
    await context.close();
  });
});
