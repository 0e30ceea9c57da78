import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../../tests/support/browser.ts';
import { useBrowserHost } from '../support/browser-host.ts';
import { texts } from '../support/texts.ts';

const bodies = (page: Page) => page.locator('.post-body').allTextContents();
const older = (page: Page) => page.locator('a[rel=next]');
const numbers = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => String(from - index));

describe('more posts in place', () => {
  const host = useBrowserHost({ basePath: '/blog' }, { microblog: { postsPerPage: 10 } });

  beforeAll(async () => {
    const ada = await host.person('ada');
    await host.publish(ada, ...numbers(35, 1).reverse());
    const followers = await Promise.all(Array.from({ length: 12 }, (_, n) => host.person(`reader${n}`)));
    for (const follower of followers) await host.running.microblog.follows.follow(follower, 'ada');
  });

  it('are loaded by the link, by keyboard only: the first has the focus, and screen readers are informed', async () => {
    const page = await host.window('ada');
    await page.goto('/blog/');
    expect(await bodies(page)).toEqual(numbers(35, 26));
    await older(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => bodies(page)).toEqual(numbers(35, 16));
    expect(await page.locator(':focus .post-body').textContent()).toBe('25');
    await expect.poll(() => page.locator('[data-loaded]').textContent()).toBe('More loaded.');
    expect(await page.locator(':focus time').getAttribute('title')).not.toContain('UTC');
    await expectAccessible(page);
    for (const last of [6, 1]) {
      await older(page).click();
      await expect.poll(() => bodies(page)).toEqual(numbers(35, last));
    }
    expect(await older(page).count()).toBe(0);
    await expect.poll(() => page.locator('[data-loaded]').textContent()).toContain('You’ve reached the end.');
  });

  it('are never loaded without a press', async () => {
    const page = await host.window(null);
    await page.goto('/blog/explore');
    await page.mouse.wheel(0, 100_000);
    await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(0);
    expect(await bodies(page)).toHaveLength(10);
  });

  it.each(['a reload', 'a way back from a post'])(
    'are there again after %s, at the same place',
    async (how) => {
      const page = await host.window(null, { viewport: { width: 400, height: 600 } });
      await page.goto('/blog/explore');
      for (const count of [20, 30]) {
        await older(page).click();
        await expect.poll(() => bodies(page)).toHaveLength(count);
      }
      const post = page.locator('.post', { has: page.getByText('12', { exact: true }) });
      await post.scrollIntoViewIfNeeded();
      const topOf = async () => (await post.boundingBox())?.y ?? Number.NaN;
      const before = await topOf();
      if (how === 'a reload') await page.reload();
      else {
        await post.locator('.post-time').click();
        await page.waitForURL('**/posts/*');
        await page.goBack();
      }
      await expect.poll(() => bodies(page)).toEqual(numbers(35, 6));
      // Scrolling uses whole pixels; the heights of entries do not.
      await expect.poll(async () => Math.abs((await topOf()) - before)).toBeLessThan(1);
      expect(await older(page).count()).toBe(1);
    },
  );

  it('leave the link as it was if the server does not answer, and come with the next press', async () => {
    const page = await host.window(null);
    await page.goto('/blog/explore');
    await page.route('**/explore?before=*', (route) => route.abort());
    await older(page).click();
    await expect
      .poll(() => page.locator('.loaded:visible').allTextContents())
      .toEqual([texts('en').t('layout.unreachable')]);
    await expectAccessible(page);
    expect(await bodies(page)).toHaveLength(10);
    await host.complained(/ERR_FAILED/);
    await page.unroute('**/explore?before=*');
    await older(page).click();
    await expect.poll(() => bodies(page)).toHaveLength(20);
    expect(await page.locator('.loaded:visible').boundingBox()).toMatchObject({ width: 1 });
  });

  it('are opened as a page if the answer has no list', async () => {
    const page = await host.window(null);
    await page.goto('/blog/explore');
    await older(page).evaluate((link: HTMLAnchorElement) => {
      link.href = '/blog/explore?before=nonsense';
    });
    await older(page).click();
    await page.waitForURL('**/explore?before=nonsense');
    expect(await page.locator('h1').textContent()).toContain('page of the list');
    await host.complained(/400/, 2);
  });

  it('are left to the browser with Control, which opens a tab of their own', async () => {
    const page = await host.window(null);
    await page.goto('/blog/explore');
    // Whether the page's scripts leave a press to the browser. That the browser then opens a tab is not tested.
    await page.evaluate(`addEventListener('click', (event) => {
      globalThis.left = { ctrlKey: event.ctrlKey, isPrevented: event.defaultPrevented };
      event.preventDefault();
    })`);
    await older(page).focus();
    await page.keyboard.press('Control+Enter');
    expect(await page.evaluate('left')).toEqual({ ctrlKey: true, isPrevented: false });
    expect(await bodies(page)).toHaveLength(10);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('left')).toEqual({ ctrlKey: false, isPrevented: true });
    await expect.poll(() => bodies(page)).toHaveLength(20);
  });

  it('are loaded for people as for posts', async () => {
    const page = await host.window('ada');
    await page.goto('/blog/user/ada/followers');
    await older(page).click();
    await expect.poll(() => page.locator('.column .person').count()).toBe(12);
    expect(await older(page).count()).toBe(0);
  });
});
