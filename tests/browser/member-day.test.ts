import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, openWindow } from '../support/browser.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { type BrowserlessMember, browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';

const password = 'correct horse battery';

describe.each([
  { scripts: true, language: 'en' },
  { scripts: false, language: 'es' },
])("a member's day in a browser (scripts: $scripts, language: $language)", ({ scripts, language }) => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  let server: Serving;
  let browser: Browser;
  /** Errors of scripts, and requests refused by the content security policy. */
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await initialisedFolder();
    browser = await launchBrowser();
    server = await serveMicroblog(folder.path);
  });
  afterAll(async () => {
    await browser.close();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await folder.remove();
    // Browsers log each refused form and missing page as an error, as expected.
    expect(complaints.filter((text) => !/status of (404|422)/.test(text))).toEqual([]);
  });

  const newPage = () =>
    openWindow(browser, { baseURL: server.url, javaScriptEnabled: scripts, locale: language }, complaints);
  /** A new member without a browser. */
  async function join(nickname: string): Promise<BrowserlessMember> {
    const member = browserlessMember(server.url, language);
    const email = `${nickname}@example.org`;
    expect((await member.submit('/register', { nickname, email, password })).status).toBe(303);
    return member;
  }
  /** The browser of a new member, who is signed in and has published these posts. */
  async function member(nickname: string, ...bodies: readonly string[]): Promise<Page> {
    const person = await join(nickname);
    for (const body of bodies) await person.submit('/posts', { body });
    const page = await newPage();
    const cookies = person
      .cookies()
      .split('; ')
      .map((cookie) => cookie.split('='));
    await page
      .context()
      .addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: server.url })));
    return page;
  }

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

  /** Waits until the browser has kept a choice. Scripts show it at once, and send it in the background. */
  const kept = (page: Page, name: string, value: string) =>
    expect
      .poll(async () => (await page.context().cookies()).find((cookie) => cookie.name === name)?.value)
      .toBe(value);

  it('speaks the language that the browser asks for', async () => {
    const page = await newPage();
    await page.goto('/');
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.title()).toBe(language === 'es' ? 'Inicio · Microblog' : 'Home · Microblog');
  });

  it('registers people, each of whom is welcomed by name', async () => {
    for (const nickname of ['grace', 'hedy']) {
      const page = await newPage();
      await register(page, nickname);
      await expect.poll(() => flash(page)).toContain(nickname);
    }
  });

  it('signs out, and in again with the e-mail address', async () => {
    const page = await member('returning');
    await page.goto('/');
    await page.locator('form[action="/logout"] button:visible').click();
    await page.locator('form[action="/logout"]').first().waitFor({ state: 'detached' });
    expect(await page.locator('[name=body]').count()).toBe(0);
    await page.goto('/login');
    await page.fill('[name=login]', 'RETURNING@example.org');
    await page.fill('[name=password]', password);
    await page.click('form:has([name=login]) button');
    await page.waitForURL(`${server.url}/`);
    expect(await page.locator('[name=body]').count()).toBe(1);
  });

  it('publishes a post, which is at the top of the home timeline', async () => {
    const page = await member('writer');
    await publish(page, 'First light.\nSecond line.');
    await expect.poll(() => posts(page)).toEqual(['First light.\nSecond line.']);
    await publish(page, 'Another 👨‍👩‍👧‍👦');
    await expect.poll(() => posts(page)).toEqual(['Another 👨‍👩‍👧‍👦', 'First light.\nSecond line.']);
  });

  it('shows suggestions to a member with an empty timeline', async () => {
    await join('famous');
    // Those with the most followers are suggested first.
    for (const nickname of ['fan', 'other.fan'])
      await (await join(nickname)).submit('/user/famous/follow', {});
    const page = await member('newcomer');
    await page.goto('/');
    expect(await posts(page)).toEqual([]);
    expect(await page.locator('main').textContent()).toContain('famous');
  });

  it("follows from the other's profile, sees their posts at home, and unfollows", async () => {
    await member('ada', 'one', 'two');
    const ben = await member('ben');
    await ben.goto('/explore');
    await ben.locator('.post-author', { hasText: 'ada' }).first().click();
    await ben.waitForURL(`${server.url}/user/ada`);
    await ben.click('form[action="/user/ada/follow"] button');
    // The message comes with the answer; the button changes before.
    await expect.poll(() => flash(ben)).toContain('ada');
    await ben.goto('/user/ada/followers');
    expect(await ben.locator('main').textContent()).toContain('ben');
    await ben.goto('/');
    expect(await posts(ben)).toHaveLength(2);
    await ben.goto('/user/ada');
    await ben.click('form[action="/user/ada/unfollow"] button');
    await expect.poll(() => flash(ben)).toContain('ada');
    await ben.goto('/');
    expect(await posts(ben)).toEqual([]);
  });

  it('deletes an own post after asking; others may not', async () => {
    const author = await member('author', 'First light.', 'Something to delete');
    const other = await member('other');
    await other.goto('/explore');
    expect(await other.locator('.post-body', { hasText: 'Something to delete' }).count()).toBe(1);
    expect(await other.locator('form[action$="/delete"]').count()).toBe(0);
    await author.goto('/');
    const post = author.locator('.post', { hasText: 'Something to delete' });
    await post.locator('summary').click();
    await post.locator('form[action$="/delete"] button').click();
    await expect.poll(() => posts(author)).toEqual(['First light.']);
  });

  it('keeps the typed text when a post is refused', async () => {
    const page = await member('verbose');
    const long = 'x'.repeat(141);
    await page.goto('/');
    await page.fill('[name=body]', long);
    await page.click('form:has([name=body]) button');
    await page.waitForSelector('#composer-error');
    expect(await page.inputValue('[name=body]')).toBe(long);
    expect(await page.locator('#composer-error').textContent()).toContain('140');
  });

  it('looks as chosen: dark stays dark, another language stays', async () => {
    const page = await member('chooser');
    await page.goto('/explore');
    await page.locator('button[name=theme][value=dark]:visible').click();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await kept(page, 'microblog_theme', 'dark');
    await page.locator('button[name=language][aria-pressed=false]:visible').click();
    const other = language === 'es' ? 'en' : 'es';
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(other);
    await page.reload();
    const [theme, lang] = ['data-theme', 'lang'].map((name) => page.locator('html').getAttribute(name));
    expect([await theme, await lang]).toEqual(['dark', other]);
  });

  it.each([
    ['a phone', 390],
    ['a tablet', 900],
  ])('has a menu on %s, for the theme, the language and signing out', async (_device, width) => {
    const page = await member(`member${width}`);
    await page.setViewportSize({ width, height: 700 });
    await page.goto('/');
    const open = async () => {
      if (!(await page.locator('.menu-sheet').isVisible())) await page.locator('.menu summary').click();
    };
    expect(await page.locator('.aside button[name=theme]:visible').count()).toBe(0);
    await open();
    await page.locator('.menu button[value=light]').click();
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
    await kept(page, 'microblog_theme', 'light');
    await open();
    await page.locator('.menu button[name=language][aria-pressed=false]').click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).not.toBe(language);
    await open();
    await page.locator('.menu form[action="/logout"] button').click();
    await page.locator('.menu form[action="/logout"]').waitFor({ state: 'detached' });
    await open();
    expect(await page.locator('.menu button[name=theme]:visible').count()).toBe(3);
    expect(await page.locator('.menu form[action="/logout"]').count()).toBe(0);
  });

  // packages/host-koa/tests/look checks the accessibility of every page.
  if (scripts) {
    it('has no accessibility violation with faults in the forms, nor with the question before deleting', async () => {
      const ada = await member('faulty', 'one');
      await ada.goto('/');
      await ada.fill('[name=body]', 'z'.repeat(141));
      await ada.click('form:has([name=body]) button');
      await ada.waitForSelector('#composer-error');
      await ada.locator('.post summary').first().click();
      await expectAccessible(ada);
    });

    it('closes the menu, and the question before deleting, by Escape, elsewhere, and when the focus leaves', async () => {
      const ada = await member('closing', 'one');
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
