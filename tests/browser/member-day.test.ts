import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, openWindow } from '../support/browser.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';

const password = 'correct horse battery';

describe.each([
  { scripts: true, language: 'en' },
  { scripts: false, language: 'es' },
])("a member's day in a browser (scripts: $scripts, language: $language)", ({ scripts, language }) => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  let server: Serving;
  let browser: Browser;
  let ada: Page;
  let ben: Page;
  const contexts: BrowserContext[] = [];
  /** Errors of scripts, and requests refused by the content security policy. */
  const complaints: string[] = [];

  async function newPage(): Promise<Page> {
    const page = await openWindow(
      browser,
      { baseURL: server.url, javaScriptEnabled: scripts, locale: language },
      complaints,
    );
    contexts.push(page.context());
    return page;
  }

  beforeAll(async () => {
    folder = await initialisedFolder();
    browser = await launchBrowser();
    server = await serveMicroblog(folder.path);
    ada = await newPage();
    ben = await newPage();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await folder.remove();
  });

  const register = async (page: Page, nickname: string) => {
    await page.goto('/register');
    await page.fill('[name=nickname]', nickname);
    await page.fill('[name=email]', `${nickname}@example.org`);
    await page.fill('[name=password]', password);
    await page.click('form:has([name=nickname]) button');
    await page.waitForURL(`${server.url}/`);
  };
  const publish = async (page: Page, body: string) => {
    await page.goto('/');
    await page.fill('[name=body]', body);
    await page.click('form:has([name=body]) button');
    await page.waitForURL(`${server.url}/`);
  };
  const posts = (page: Page) => page.locator('.post-body').allInnerTexts();
  const flash = (page: Page) => page.locator('[data-flash-text]').textContent();

  it('speaks the language that the browser asks for', async () => {
    await ada.goto('/');
    expect(await ada.locator('html').getAttribute('lang')).toBe(language);
    expect(await ada.title()).toBe(language === 'es' ? 'Inicio · Microblog' : 'Home · Microblog');
  });

  it('registers two people, each of whom is welcomed by name', async () => {
    await register(ada, 'ada');
    await expect.poll(() => flash(ada)).toContain('ada');
    await register(ben, 'ben');
    await expect.poll(() => flash(ben)).toContain('ben');
  });

  it('signs out, and in again with the e-mail address', async () => {
    await ada.locator('form[action="/logout"] button:visible').click();
    await ada.waitForURL(`${server.url}/`);
    expect(await ada.locator('[name=body]').count()).toBe(0);
    await ada.goto('/login');
    await ada.fill('[name=login]', 'ADA@example.org');
    await ada.fill('[name=password]', password);
    await ada.click('form:has([name=login]) button');
    await ada.waitForURL(`${server.url}/`);
    expect(await ada.locator('[name=body]').count()).toBe(1);
  });

  it('publishes a post, which is at the top of the home timeline', async () => {
    await publish(ada, 'First light.\nSecond line.');
    await publish(ada, 'Something to delete 👨‍👩‍👧‍👦');
    expect(await posts(ada)).toEqual(['Something to delete 👨‍👩‍👧‍👦', 'First light.\nSecond line.']);
  });

  it('shows suggestions to a member with an empty timeline', async () => {
    await ben.goto('/');
    expect(await posts(ben)).toEqual([]);
    expect(await ben.locator('main').textContent()).toContain('ada');
  });

  it("follows from the other's profile, sees their posts at home, and unfollows", async () => {
    await ben.goto('/explore');
    await ben.locator('.post-author', { hasText: 'ada' }).first().click();
    await ben.waitForURL(`${server.url}/user/ada`);
    await ben.click('form[action="/user/ada/follow"] button');
    await ben.waitForSelector('form[action="/user/ada/unfollow"]');
    await ben.goto('/user/ada/followers');
    expect(await ben.locator('main').textContent()).toContain('ben');
    await ben.goto('/');
    expect(await posts(ben)).toHaveLength(2);
    await ben.goto('/user/ada');
    await ben.click('form[action="/user/ada/unfollow"] button');
    await ben.waitForSelector('form[action="/user/ada/follow"]');
    await ben.goto('/');
    expect(await posts(ben)).toEqual([]);
  });

  it('deletes an own post after asking; others may not', async () => {
    await ben.goto('/explore');
    expect(await ben.locator('form[action$="/delete"]').count()).toBe(0);
    await ada.goto('/');
    const post = ada.locator('.post', { hasText: 'Something to delete' });
    await post.locator('summary').click();
    await post.locator('form[action$="/delete"] button').click();
    await expect.poll(() => posts(ada)).toEqual(['First light.\nSecond line.']);
  });

  it('keeps the typed text when a post is refused', async () => {
    const long = 'x'.repeat(141);
    await ada.goto('/');
    await ada.fill('[name=body]', long);
    await ada.click('form:has([name=body]) button');
    await ada.waitForSelector('#composer-error');
    expect(await ada.inputValue('[name=body]')).toBe(long);
    expect(await ada.locator('#composer-error').textContent()).toContain('140');
  });

  it('looks as chosen: dark stays dark, Spanish stays Spanish', async () => {
    await ada.goto('/explore');
    await ada.locator('button[name=theme][value=dark]:visible').click();
    await expect.poll(() => ada.locator('html').getAttribute('data-theme')).toBe('dark');
    await ada.locator('button[name=language][aria-pressed=false]:visible').click();
    const other = language === 'es' ? 'en' : 'es';
    await expect.poll(() => ada.locator('html').getAttribute('lang')).toBe(other);
    await ada.reload();
    expect(await ada.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await ada.locator('html').getAttribute('lang')).toBe(other);
  });

  it.each([
    ['a phone', 390],
    ['a tablet', 900],
  ])('has a menu on %s, for the theme, the language and signing out', async (_device, width) => {
    const page = await newPage();
    await page.setViewportSize({ width, height: 700 });
    await page.goto('/login');
    await page.fill('[name=login]', 'ben');
    await page.fill('[name=password]', password);
    await page.click('form:has([name=login]) button');
    await page.waitForURL(`${server.url}/`);
    const open = async () => {
      if (!(await page.locator('.menu-sheet').isVisible())) await page.locator('.menu summary').click();
    };
    expect(await page.locator('.aside button[name=theme]:visible').count()).toBe(0);
    await open();
    await page.locator('.menu button[value=light]').click();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
    await open();
    await page.locator('.menu button[name=language][aria-pressed=false]').click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).not.toBe(language);
    await open();
    await page.locator('.menu form[action="/logout"] button').click();
    await page.waitForURL(`${server.url}/`);
    await open();
    expect(await page.locator('.menu button[name=theme]:visible').count()).toBe(3);
    expect(await page.locator('.menu form[action="/logout"]').count()).toBe(0);
    await page.close();
  });

  it('makes no browser complain', () => {
    // Browsers log each refused form and missing page as an error, as expected.
    expect(complaints.filter((text) => !/status of (404|422)/.test(text))).toEqual([]);
  });

  // packages/host-koa/tests/look checks the accessibility of every page.
  if (scripts) {
    it('has no accessibility violation with faults in the forms, nor with the question before deleting', async () => {
      await ada.goto('/');
      await ada.fill('[name=body]', 'z'.repeat(141));
      await ada.click('form:has([name=body]) button');
      await ada.waitForSelector('#composer-error');
      await ada.locator('.post summary').first().click();
      await expectAccessible(ada);
    });

    it('closes the menu, and the question before deleting, by Escape, elsewhere, and when the focus leaves', async () => {
      await ada.goto('/');
      await ada.setViewportSize({ width: 390, height: 700 });
      for (const popup of [ada.locator('.menu'), ada.locator('.post .confirm').first()]) {
        const summary = popup.locator('summary');
        const isOpen = async () => (await popup.and(ada.locator('[open]')).count()) === 1;
        const hasFocus = async () => (await summary.and(ada.locator(':focus')).count()) === 1;
        await summary.focus();
        await ada.keyboard.press('Enter');
        expect(await isOpen()).toBe(true);
        await expectAccessible(ada);
        await ada.keyboard.press('Tab');
        expect([await isOpen(), await hasFocus()]).toEqual([true, false]);
        await ada.keyboard.press('Escape');
        expect([await isOpen(), await hasFocus()]).toEqual([false, true]);
        await ada.keyboard.press('Enter');
        await ada.keyboard.press('Shift+Tab');
        expect(await isOpen()).toBe(false);
        await summary.click();
        expect(await isOpen()).toBe(true);
        await ada.locator('main').click({ position: { x: 2, y: 2 } });
        expect(await isOpen()).toBe(false);
      }
    });
  }
});
