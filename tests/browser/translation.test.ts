import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, launchBrowser } from '../support/browser.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';

/** The engine's next answer. Default: a healthy LibreTranslate. */
let status = 200;
let answering: Promise<void> = Promise.resolve();

async function startEngine(): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { q, target } = JSON.parse(body);
    await answering;
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify(status === 200 ? { translatedText: `${target}: ${q} <i>` } : { error: 'no' }),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

const POSTS = {
  es: [
    'Buenos días a todos, hoy hace mucho calor en https://example.org/playa',
    'Mañana vamos a la montaña con los niños',
  ],
  en: [
    'Good morning everybody, it is raining again in https://example.org/town',
    'We are going to the mountains tomorrow',
  ],
} as const;

describe('translation in a browser', () => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  let engine: Server;
  let server: Serving;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    [folder, engine, browser] = await Promise.all([initialisedFolder(), startEngine(), launchBrowser()]);
    server = await serveMicroblog(folder.path, {
      TRANSLATOR: 'libretranslate',
      TRANSLATOR_URL: `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
    });
    const author = browserlessMember(server.url);
    await author.submit('/register', { nickname: 'author', email: 'author@example.org', password });
    for (const body of [...POSTS.es, ...POSTS.en]) await author.submit('/posts', { body });
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    engine.closeAllConnections();
    engine.close();
    await folder.remove();
    expect(complaints).toEqual([]);
  });

  const password = 'correct horse battery';

  async function reader(nickname: string, locale: string, javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.url, locale, javaScriptEnabled });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto('/register');
    await page.fill('[name=nickname]', nickname);
    await page.fill('[name=email]', `${nickname}@example.org`);
    await page.fill('[name=password]', password);
    await page.click('form:has([name=nickname]) button');
    await page.waitForURL(`${server.url}/`);
    await page.goto('/explore');
    return page;
  }

  it.each([
    {
      language: 'en',
      from: POSTS.es,
      translate: 'Translate',
      original: 'Show original',
      note: 'Translated from Spanish by LibreTranslate',
      again: 'Try again',
    },
    {
      language: 'es',
      from: POSTS.en,
      translate: 'Traducir',
      original: 'Ver original',
      note: 'Traducido del inglés por LibreTranslate',
      again: 'Reintentar',
    },
  ])('shows posts in their place, there and back, in $language', async ({ language, from, ...texts }) => {
    const page = await reader(`reader_${language}`, language, true);
    const translate = page.getByRole('button', { name: texts.translate });
    expect(await translate.count()).toBe(2);
    const post = page.getByRole('article').filter({ hasText: from[0] });
    const shown = post.locator('.post-body:visible');
    const button = post.locator('form[data-translate] button');

    // By keyboard only; the focus stays in place.
    const { promise, resolve } = Promise.withResolvers<void>();
    answering = promise;
    await button.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true');
    await page.keyboard.press('Enter');
    resolve();
    await expect.poll(() => button.textContent()).toBe(texts.original);
    expect(await shown.allInnerTexts()).toEqual([`${language}: ${from[0]} <i>`]);
    expect(await shown.getAttribute('lang')).toBe(language);
    expect(await shown.locator('a').getAttribute('href')).toMatch(/^https:\/\/example\.org\//);
    expect(await post.getByRole('status').textContent()).toBe(texts.note);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.getAttribute('aria-busy')).toBeNull();
    await expectAccessible(page);

    await page.keyboard.press('Enter');
    await expect.poll(() => shown.allInnerTexts()).toEqual([from[0]]);
    expect(await button.textContent()).toBe(texts.translate);
    await page.keyboard.press('Enter');
    await expect.poll(() => shown.allInnerTexts()).toEqual([`${language}: ${from[0]} <i>`]);

    // A failure is shown in place, and can be retried there.
    const other = page.getByRole('article').filter({ hasText: from[1] });
    const retry = other.locator('form[data-translate] button');
    status = 500;
    await retry.click();
    await expect.poll(() => retry.textContent()).toBe(texts.again);
    expect((await other.getByRole('status').textContent())?.length).toBeGreaterThan(10);
    expect(await other.locator('.post-body:visible').allInnerTexts()).toEqual([from[1]]);
    await expectAccessible(page);
    status = 200;
    await retry.click();
    await expect.poll(() => retry.textContent()).toBe(texts.original);
  });

  it('shows them without scripts by the post’s own page', async () => {
    const page = await reader('plain', 'en', false);
    await page
      .getByRole('article')
      .filter({ hasText: POSTS.es[0] })
      .getByRole('button', { name: 'Translate' })
      .click();
    await page.waitForURL(/\/posts\/\d+\?translated=1$/);
    const shown = page.locator('.post-body:visible');
    expect(await shown.allInnerTexts()).toEqual([`en: ${POSTS.es[0]} <i>`]);
    expect(await page.locator('article').getByRole('status').textContent()).toBe(
      'Translated from Spanish by LibreTranslate',
    );
    await page.getByRole('link', { name: 'Show original' }).click();
    expect(await shown.allInnerTexts()).toEqual([POSTS.es[0]]);
  });
});
