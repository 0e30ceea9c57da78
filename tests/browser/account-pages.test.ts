import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesOf, headerOf } from '../../packages/host-koa/tests/support/mail-text.ts';
import { type MailServer, mailServer } from '../../packages/host-koa/tests/support/smtp-server.ts';
import { texts } from '../../packages/host-koa/tests/support/texts.ts';
import { expectAccessible, launchBrowser, openWindow } from '../support/browser.ts';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { until } from '../support/until.ts';

const password = 'correct horse battery';

describe.each([
  {
    scripts: true,
    language: 'en',
    subjects: { confirm: /^Confirm your address/, reset: /^Reset your password/ },
  },
  {
    scripts: false,
    language: 'es',
    subjects: { confirm: /^Confirma tu dirección/, reset: /^Restablece tu contraseña/ },
  },
])('an account in a browser (scripts: $scripts, language: $language)', ({ scripts, language, subjects }) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let mails: MailServer;
  let server: Serving;
  let browser: Browser;
  let ada: Page;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  async function newPage(): Promise<Page> {
    const page = await openWindow(
      browser,
      { baseURL: server.url, javaScriptEnabled: scripts, locale: language, reducedMotion: 'reduce' },
      complaints,
    );
    contexts.push(page.context());
    return page;
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
    mails = await mailServer();
    const variables = {
      DATABASE_URL: database.url,
      MAIL_SERVER: '127.0.0.1',
      MAIL_PORT: String(mails.port),
    };
    server = await serveMicroblog(folder.path, variables);
    browser = await launchBrowser();
    ada = await newPage();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await mails[Symbol.asyncDispose]();
    await database.drop();
    await folder.remove();
  });

  const form = (page: Page, action: string) => page.locator(`main form[action="${action}"]`);
  const send = (page: Page, action: string) => form(page, action).locator('button').click();
  /** Opens the details of a summary. */
  const open = (section: Locator) => section.locator('summary').click();
  const flash = (page: Page) => page.locator('[data-flash-text]').textContent();

  /** The path of the one link in the newest mail to that address with that subject. */
  async function linkTo(address: string, subject: RegExp, path: RegExp): Promise<string> {
    const mail = await until(() =>
      mails.received.findLast(
        ({ to, raw }) => to[0] === address && subject.test(headerOf(raw, 'Subject') ?? ''),
      ),
    );
    const { 'text/plain': text = '', 'text/html': html = '' } = bodiesOf(mail.raw);
    expect(html).toContain(`<html lang="${language}"`);
    return path.exec(text)?.[0] ?? expect.fail(`no link in ${text}`);
  }

  /** Checks a page in both themes, at 320 pixels without horizontal scrolling, and in the requested language. */
  async function expectGood(page: Page): Promise<void> {
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const text = await page.locator('main').textContent();
    expect(text).not.toMatch(/\b[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)+\b|\{\{/);
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, page.url()).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    if (scripts) await expectAccessible(page);
  }

  it('confirms its address by the link in the mail', async () => {
    await ada.goto('/register');
    await ada.fill('[name=nickname]', 'ada');
    await ada.fill('[name=email]', 'ada@example.org');
    await ada.fill('[name=password]', password);
    await send(ada, '/register');
    await ada.waitForURL(`${server.url}/`);
    const link = await linkTo('ada@example.org', subjects.confirm, /\/confirm-email\/[\w-]{43}/);
    await ada.goto('/settings');
    await expectGood(ada);
    await ada.goto(link);
    expect(await ada.locator('main').textContent()).toMatch(/\bada\b/);
    await expectGood(ada);
    await send(ada, link);
    await ada.waitForURL(`${server.url}/settings`);
    expect(await ada.locator('.settings .badge').first().textContent()).toBe(
      language === 'es' ? 'Confirmado' : 'Confirmed',
    );
    expect((await ada.goto(link))?.status()).toBe(410);
    expect(await ada.locator('h1').count()).toBe(1);
    expect(await form(ada, link).count()).toBe(0);
    await expectGood(ada);
  });

  it('edits the profile, and shows its errors', async () => {
    await ada.goto('/edit');
    await expectGood(ada);
    await ada.fill('[name=nickname]', 'no way');
    await ada.fill('[name=about_me]', 'kept');
    await send(ada, '/edit');
    await ada.waitForSelector('[aria-invalid=true]');
    expect(await ada.inputValue('[name=about_me]')).toBe('kept');
    await expectGood(ada);
    await ada.fill('[name=nickname]', 'ada.lovelace');
    await send(ada, '/edit');
    await ada.waitForURL(`${server.url}/user/ada.lovelace`);
    expect(await ada.locator('.profile-about').textContent()).toBe('kept');
  });

  it('changes the password, and marks a wrong current one', async () => {
    await ada.goto('/settings');
    const action = '/settings/password';
    const section = ada.locator('.settings', { has: ada.locator(`form[action="${action}"]`) });
    await open(section);
    await section.locator('[name=current_password]').fill('wrong');
    await section.locator('[name=password]').fill('another horse');
    await send(ada, action);
    await ada.waitForSelector('[aria-invalid=true]');
    expect(await section.locator('[name=current_password]').isVisible()).toBe(true);
    await expectGood(ada);
    await section.locator('[name=current_password]').fill(password);
    await section.locator('[name=password]').fill('another horse');
    await send(ada, action);
    await expect.poll(() => flash(ada)).toBe(texts(language).t('flash.password_changed'));
  });

  it('gets a new password by the link in a mail', async () => {
    const visitor = await newPage();
    await visitor.goto('/login');
    await visitor.click('main a[href="/reset-password"]');
    await expectGood(visitor);
    await visitor.fill('[name=email]', 'ADA@example.org');
    await send(visitor, '/reset-password');
    await visitor.waitForSelector('[role=status]');
    await expectGood(visitor);
    const link = await linkTo('ada@example.org', subjects.reset, /\/reset-password\/[\w-]{43}/);
    await visitor.goto(link);
    await expectGood(visitor);
    await visitor.fill('[name=password]', 'short');
    await send(visitor, link);
    await visitor.waitForSelector('[aria-invalid=true]');
    await expectGood(visitor);
    await visitor.fill('[name=password]', password);
    await send(visitor, link);
    await visitor.waitForURL(`${server.url}/`);
    expect(await visitor.locator('[name=body]').count()).toBe(1);
    // The link is used up, and ada is signed out in her other browser.
    await visitor.goto(link);
    await expectGood(visitor);
    expect(await visitor.locator('[name=password]').count()).toBe(0);
    await ada.goto('/settings');
    expect(new URL(ada.url()).pathname).toBe('/login');
    await ada.fill('[name=login]', 'ada@example.org');
    await ada.fill('[name=password]', password);
    await send(ada, '/login');
    await ada.waitForURL(`${server.url}/settings`);
  });

  it('ends mails about followers by the link in one', async () => {
    const ben = await newPage();
    await ben.goto('/register');
    await ben.fill('[name=nickname]', 'ben');
    await ben.fill('[name=email]', 'ben@example.org');
    await ben.fill('[name=password]', password);
    await send(ben, '/register');
    await ben.waitForURL(`${server.url}/`);
    await ben.goto('/user/ada.lovelace');
    await ben.click('form[action="/user/ada.lovelace/follow"] button');
    const link = await linkTo('ada@example.org', /ben/, /\/unsubscribe\/[\w.-]+/);
    const visitor = await newPage();
    await visitor.goto(link);
    await expectGood(visitor);
    await send(visitor, link);
    await visitor.waitForSelector('[role=status]');
    await expectGood(visitor);
    await ada.goto('/settings');
    expect(await ada.locator('[name=mail_on_follow]').isChecked()).toBe(false);
  });

  it('exports the posts as a file', async () => {
    await ada.goto('/');
    await ada.fill('[name=body]', 'kept in a file');
    await send(ada, '/posts');
    await ada.waitForSelector('.post-body');
    await ada.goto('/settings');
    const [download] = await Promise.all([
      ada.waitForEvent('download'),
      ada.click('a[href="/settings/export"]'),
    ]);
    expect(download.suggestedFilename()).toMatch(/^posts-ada\.lovelace-\d{4}-\d\d-\d\d\.json$/);
    let text = '';
    for await (const part of await download.createReadStream()) text += part;
    expect(JSON.parse(text).posts).toMatchObject([{ body: 'kept in a file' }]);
  });

  it('is deleted with the keyboard alone, after a wrong password', async () => {
    await ada.goto('/settings');
    const section = ada.locator('.settings-danger');
    const inSection = () => section.locator(':focus').count();
    for (let presses = 0; (await inSection()) === 0; presses++) {
      expect(presses, 'the question is reached by Tab').toBeLessThan(60);
      await ada.keyboard.press('Tab');
    }
    await ada.keyboard.press('Enter');
    await ada.keyboard.press('Tab');
    await ada.keyboard.type('wrong horse');
    await ada.keyboard.press('Enter');
    await ada.waitForSelector('.settings-danger [aria-invalid=true]');
    await expectGood(ada);
    // The invalid field has the focus.
    await ada.keyboard.type(password);
    await ada.keyboard.press('Tab');
    await ada.keyboard.press('Enter');
    await ada.waitForURL(`${server.url}/`);
    const gone = language === 'es' ? 'Cuenta borrada.' : 'Your account was deleted.';
    await expect.poll(() => flash(ada)).toBe(gone);
    expect((await ada.goto('/user/ada.lovelace'))?.status()).toBe(404);
    const deleted = /^(Your account on .* was deleted|Se borró tu cuenta en .*)$/;
    await until(() => mails.received.find(({ raw }) => deleted.test(headerOf(raw, 'Subject') ?? '')));
  });

  it('makes no browser complain', () => {
    expect(complaints.filter((text) => !/status of (404|410|422)/.test(text))).toEqual([]);
  });
});
