import type { User } from '@microblog/core';
import { operator } from '@microblog/core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../../tests/support/browser.ts';
import { useBrowserHost } from '../support/browser-host.ts';
import { texts } from '../support/texts.ts';

const bodies = (page: Page) => page.locator('.post-body').allInnerTexts();
const flash = (page: Page) => page.locator('[data-flash-text]');
/** Marks the page, so that a reload can be noticed. */
const mark = (page: Page) => page.evaluate('window.isSame = true');
const isSame = (page: Page) => page.evaluate<boolean>('window.isSame === true');
const counts = (page: Page) => page.locator('.profile-counts li').allInnerTexts();

describe.each([
  ['en', ''],
  ['es', '/blog'],
])('acting in place, in %s under %j', (locale, basePath) => {
  const host = useBrowserHost({ basePath });
  const { t, error } = texts(locale);
  let members = 0;
  /** A new member, for one test alone. */
  const member = () => host.person(`member${++members}`);

  async function open(reader: User, path: string): Promise<Page> {
    const page = await host.window(reader.nickname, { locale, reducedMotion: 'no-preference' });
    await page.goto(basePath + path);
    await mark(page);
    return page;
  }
  const ask = async (page: Page, body: string) => {
    const post = page.locator('.post', { hasText: body });
    await post.locator('summary').focus();
    await page.keyboard.press('Enter');
    return post.locator('form button');
  };

  describe('deleting', () => {
    it('removes the post, updates the count, and moves the focus to its neighbour, by keyboard only', async () => {
      const ada = await member();
      await host.publish(ada, 'first', 'second', 'third');
      const page = await open(ada, `/user/${ada.nickname}`);
      expect((await counts(page))[0]).toBe(`3 ${t('profile.posts', { count: 3 })}`);
      await (await ask(page, 'second')).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => bodies(page)).toEqual(['third', 'first']);
      expect(await page.locator(':focus .post-body').textContent()).toBe('first');
      expect((await counts(page))[0]).toBe(`2 ${t('profile.posts', { count: 2 })}`);
      expect(await flash(page).textContent()).toBe(t('flash.deleted'));
      await (await ask(page, 'first')).click();
      await expect.poll(() => bodies(page)).toEqual(['third']);
      expect(await page.locator(':focus .post-body').textContent()).toBe('third');
      expect((await counts(page))[0]).toBe(`1 ${t('profile.posts', { count: 1 })}`);
      expect(await isSame(page)).toBe(true);
      if (locale === 'en') await expectAccessible(page);
      await page.reload();
      expect([await bodies(page), await flash(page).count()]).toEqual([['third'], 0]);
    });

    it('submits the form normally for the only post of a page', async () => {
      const ada = await member();
      await host.publish(ada, 'only');
      const page = await open(ada, `/user/${ada.nickname}`);
      await (await ask(page, 'only')).click();
      await expect.poll(() => page.locator('.empty h2').textContent()).toBe(t('profile.empty_title'));
      await expect.poll(() => flash(page).textContent()).toBe(t('flash.deleted'));
      expect(await isSame(page)).toBe(false);
      await host.publish(ada, 'alone');
      await page.goto(`${basePath}/explore`);
      await page.locator('.post-time').first().click();
      await (await ask(page, 'alone')).click();
      await page.waitForURL(`${host.running.url}/`);
    });

    it('shows a message if the post was deleted already', async () => {
      const ada = await member();
      await host.publish(ada, 'one', 'two');
      const page = await open(ada, '/');
      const { items } = await host.running.microblog.timelines.public(null);
      await host.running.microblog.posts.delete(ada, items[0]?.post.id ?? '');
      await (await ask(page, 'two')).click();
      await expect.poll(() => flash(page).textContent()).toBe(error('post_not_found'));
      expect(await bodies(page)).toEqual(['two', 'one']);
      await host.complained(/404/);
    });

    it.each([
      [320, 640],
      [1280, 800],
    ])('asks in sight, beside nothing that covers it, at %d × %d', async (width, height) => {
      const ada = await member();
      await host.publish(ada, ...Array.from({ length: 12 }, (_, index) => `number ${index}`));
      const page = await open(ada, '/explore');
      await page.setViewportSize({ width, height });
      await page.locator('[data-dismiss]').click();
      // The last visible post, above the bar of a phone.
      const lowest = width < 768 ? ((await page.locator('nav.places').boundingBox())?.y ?? 0) : height;
      const summary = page.locator('.post summary').nth(6);
      await summary.evaluate(
        (element, end) =>
          scrollBy({ top: element.getBoundingClientRect().bottom - end + 16, behavior: 'instant' }),
        lowest,
      );
      // At its current position: a click on the element would first scroll it to the middle.
      const { x, y } = (await summary.boundingBox()) ?? { x: 0, y: 0 };
      await page.mouse.click(x + 10, y + 10);
      const question = page.locator('.confirm[open] .confirm-question');
      await expect
        .poll(async () => {
          const box = await question.boundingBox();
          return box !== null && box.y + box.height <= lowest;
        })
        .toBe(true);
      expect(
        await question.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const parts = [0.1, 0.3, 0.5, 0.7, 0.9];
          return parts.every((across) =>
            parts.every((down) =>
              element.contains(document.elementFromPoint(left + across * width, top + down * height)),
            ),
          );
        }),
      ).toBe(true);
    });
  });

  describe('following', () => {
    /** A reader, and the author whom they may follow. */
    const pair = async () => ({ ada: await member(), ben: await member() });
    const button = (page: Page) => page.locator('form.follow button');
    const isFollowing = async (page: Page) => (await page.locator('form.follow .follow-on').count()) === 1;

    it('shows at once, before the answer, and updates the count afterwards', async () => {
      const { ada, ben } = await pair();
      const page = await open(ben, `/user/${ada.nickname}`);
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/follow', async (route) => {
        await held;
        await route.continue();
      });
      await button(page).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => isFollowing(page)).toBe(true);
      expect(await button(page).textContent()).toContain(t('follow.following'));
      expect((await counts(page))[1]).toBe(`0 ${t('profile.followers', { count: 0 })}`);
      expect(await button(page).and(page.locator(':focus')).count()).toBe(1);
      answer();
      await expect
        .poll(() => counts(page).then(([, followers]) => followers))
        .toBe(`1 ${t('profile.followers', { count: 1 })}`);
      expect(await flash(page).textContent()).toBe(t('flash.followed', { nickname: ada.nickname }));
      await page.keyboard.press('Enter');
      await expect
        .poll(() => flash(page).textContent())
        .toBe(t('flash.unfollowed', { nickname: ada.nickname }));
      expect(await isFollowing(page)).toBe(false);
      expect((await counts(page))[1]).toBe(`0 ${t('profile.followers', { count: 0 })}`);
      const { followerCount } = await host.running.microblog.accounts.show(operator, ada.nickname);
      expect([await isSame(page), followerCount]).toEqual([true, 0]);
    });

    it('counts in lists of people too, for both', async () => {
      const { ada, ben } = await pair();
      await host.running.microblog.follows.follow(ben, ada.nickname);
      const page = await open(ben, `/user/${ben.nickname}/following`);
      const followers = page.locator(`.column .person [data-count="${ada.nickname} followers"]`);
      expect(await followers.textContent()).toBe(t('people.follower_count', { count: 1 }));
      await button(page).click();
      await expect.poll(() => followers.textContent()).toBe(t('people.follower_count', { count: 0 }));
      expect(await page.locator('[aria-current] [data-count]').textContent()).toBe('0');
    });

    it.each([
      ['nothing answers', undefined],
      ['the server fails', 500],
    ])('is undone if %s', async (_what, status) => {
      const { ada, ben } = await pair();
      const page = await open(ben, `/user/${ada.nickname}`);
      const before = await counts(page);
      await page.route('**/follow', (route) =>
        status === undefined ? route.abort() : route.fulfill({ status, body: 'no JSON' }),
      );
      await button(page).click();
      await expect.poll(() => flash(page).textContent()).toBe(t('layout.unreachable'));
      expect([await isFollowing(page), await counts(page)]).toEqual([false, before]);
      await host.complained(status === undefined ? /ERR_FAILED/ : /500/);
      await page.unroute('**/follow');
      await button(page).click();
      await expect
        .poll(() => flash(page).textContent())
        .toBe(t('flash.followed', { nickname: ada.nickname }));
      await button(page).click();
      await expect
        .poll(() => flash(page).textContent())
        .toBe(t('flash.unfollowed', { nickname: ada.nickname }));
    });

    it('is undone with an explanation if the form has expired', async () => {
      const { ada, ben } = await pair();
      const page = await open(ben, `/user/${ada.nickname}`);
      await page.context().clearCookies({ name: 'microblog_csrf' });
      await button(page).click();
      await expect.poll(() => flash(page).textContent()).toBe(error('csrf_failed'));
      expect(await isFollowing(page)).toBe(false);
      expect(await isSame(page)).toBe(true);
      await host.complained(/403/);
    });
  });
});
