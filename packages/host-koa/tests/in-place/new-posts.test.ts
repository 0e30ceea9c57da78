import type { User } from '@microblog/core';
import { operator } from '@microblog/core';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../../tests/support/browser.ts';
import { useBrowserHost } from '../support/browser-host.ts';
import { aMinute, answersRead, asked, secondsUntilAsked, stopClock } from '../support/new-posts-clock.ts';

const bodies = (page: Page) => page.locator('.post-body').allTextContents();
const notice = (page: Page) => page.locator('[data-new-posts] a');
const spoken = (page: Page) => page.locator('[data-new-posts] [role=status]').textContent();

describe('the notice of new posts', () => {
  const host = useBrowserHost(
    { basePath: '/blog' },
    { microblog: { postsPerPage: 4 }, app: { languages: ['en', 'es', 'ar'] } },
  );
  let ada: User;
  let ben: User;
  let opened: Page[] = [];

  beforeAll(async () => {
    ada = await host.person('ada');
    ben = await host.person('ben');
    await host.running.microblog.follows.follow(ada, 'ben');
    await host.publish(ben, 'one', 'two');
  });
  afterEach(async () => {
    for (const page of opened) await page.context().close();
    opened = [];
  });

  /** A page whose clock moves only when the test advances it. */
  async function open(nickname: string | null, path: string, locale = 'en'): Promise<Page> {
    const page = await host.window(nickname, { locale });
    opened.push(page);
    await stopClock(page);
    await page.goto(path);
    return page;
  }

  it('is not there while nothing is new', async () => {
    const page = await open('ada', '/blog/');
    await aMinute(page);
    expect(await notice(page).isVisible()).toBe(false);
    expect(await asked(page)).toEqual(['/blog/timeline/new']);
  });

  it('shows their number, announces it once, and shows them in place by keyboard', async () => {
    const page = await open('ada', '/blog/');
    const before = await bodies(page);
    await page.fill('[name=body]', 'half a thought');
    await host.publish(ben, 'three');
    await aMinute(page);
    await expect.poll(() => notice(page).textContent()).toBe('1 new post');
    expect(await spoken(page)).toBe('1 new post');
    await host.publish(ada, 'four');
    await aMinute(page);
    await expect.poll(() => notice(page).textContent()).toBe('2 new posts');
    expect(await spoken(page)).toBe('1 new post');
    expect(await bodies(page)).toEqual(before);
    await notice(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => bodies(page)).toEqual(['four', 'three', ...before]);
    expect(await page.locator(':focus .post-body').textContent()).toBe('four');
    expect(await page.inputValue('[name=body]')).toBe('half a thought');
    expect(await notice(page).isVisible()).toBe(false);
    await aMinute(page);
    expect(await notice(page).isVisible()).toBe(false);
  });

  it.each([
    ['es', '2 publicaciones nuevas'],
    ['ar', 'منشوران جديدان'],
  ])('speaks %s, and does not count what is deleted', async (language, two) => {
    const page = await open('ada', '/blog/', language);
    await host.publish(ben, 'five', 'six');
    await aMinute(page);
    await expect.poll(() => notice(page).textContent()).toBe(two);
    const { items } = await host.running.microblog.timelines.public(null);
    for (const { post } of items.slice(0, 2)) await host.running.microblog.posts.delete(ben, post.id);
    await aMinute(page);
    await expect.poll(() => notice(page).isVisible()).toBe(false);
  });

  it('has no accessibility violation', async () => {
    const page = await open('ada', '/blog/');
    await host.publish(ben, 'seven');
    await aMinute(page);
    await expect.poll(() => notice(page).isVisible()).toBe(true);
    await page.clock.resume();
    await expectAccessible(page);
  });

  it('replaces the list if more posts came than a page holds', async () => {
    const page = await open(null, '/blog/explore');
    await host.publish(ada, ...'abcdef');
    await aMinute(page);
    expect(await asked(page)).toEqual(['/blog/explore/new']);
    await notice(page).click();
    await expect.poll(() => bodies(page)).toEqual(['f', 'e', 'd', 'c']);
    await page.locator('a[rel=next]').click();
    await expect.poll(() => bodies(page)).toEqual(['f', 'e', 'd', 'c', 'b', 'a', 'seven', 'four']);
  });

  it('says "more than" beyond the greatest count', async () => {
    const page = await open(null, '/blog/');
    await host.publish(ada, ...Array.from({ length: 51 }, (_, number) => `many ${number}`));
    await aMinute(page);
    await expect.poll(() => notice(page).textContent()).toBe('More than 50 new posts');
  });

  it('reloads the page if it showed no post at all', async () => {
    await host.person('newcomer');
    const page = await open('newcomer', '/blog/');
    const newcomer = await host.running.microblog.accounts.show(operator, 'newcomer');
    await host.publish(newcomer, 'hello');
    await aMinute(page);
    await notice(page).click();
    await expect.poll(() => bodies(page)).toEqual(['hello']);
  });

  it('asks more and more seldom while nothing answers, and as before once something does', async () => {
    const page = await open(null, '/blog/explore');
    await page.route('**/explore/new?*', (route) => route.fulfill({ status: 503, body: '' }));
    await aMinute(page);
    for (const expected of [120, 240]) {
      const seconds = await secondsUntilAsked(page);
      expect(Math.abs(seconds - expected)).toBeLessThanOrEqual(expected * 0.1 + 10);
    }
    await page.unroute('**/explore/new?*');
    await secondsUntilAsked(page);
    await aMinute(page);
    await host.complained(/503/, 3);
  });

  it('stops asking if the reader is signed out', async () => {
    const page = await open('ada', '/blog/');
    await page.context().clearCookies();
    await aMinute(page);
    await page.clock.runFor(3_600_000);
    expect(await asked(page)).toHaveLength(1);
    await host.complained(/401/);
  });

  it('asks nothing while the page is hidden, and at once when it is visible again', async () => {
    const page = await open(null, '/blog/explore');
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await page.clock.runFor(3_600_000);
    expect(await asked(page)).toEqual([]);
    await hide(false);
    await page.clock.runFor(1);
    expect(await asked(page)).toEqual(['/blog/explore/new']);
    await answersRead(page);
    await aMinute(page);
  });

  it('is for the newest page alone', async () => {
    const page = await open(null, '/blog/explore');
    await page.goto((await page.locator('a[rel=next]').getAttribute('href')) ?? '');
    expect(await page.locator('[data-new-posts]').count()).toBe(0);
    await page.goto('/blog/user/ada');
    expect(await page.locator('[data-new-posts]').count()).toBe(0);
  });
});
