import { countGraphemes, normalizeText } from '@microblog/core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowserHost } from '../support/browser-host.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const FAMILY = '👨‍👩‍👧‍👦';

describe('the composer in a browser', () => {
  const host = useBrowserHost();
  const field = (page: Page) => page.locator('[name=body]');
  const left = (page: Page) => page.locator('[data-count]');
  const button = (page: Page) => page.locator('form[data-composer] button');
  const bodies = (page: Page) => page.locator('.post-body').allInnerTexts();

  let counting: Page;
  beforeAll(async () => {
    await host.person('ada');
    counting = await open();
  });

  async function open(locale = 'en'): Promise<Page> {
    const page = await host.window('ada', { locale });
    await page.goto('/');
    return page;
  }

  it.each([
    ['letters', 'é'.repeat(130)],
    ['joined families', FAMILY.repeat(130)],
    ['flags and skin tones', '🇺🇾👍🏽'.repeat(65)],
    ['letters with marks, apart', 'o\u0302\u0323'.repeat(130)],
    ['syllables', 'नमस्ते'.repeat(43)],
    ['jamo', '\u1112\u1161\u11ab'.repeat(130)],
    ['lines', 'a\n'.repeat(65)],
    ['lines of Windows', 'a\r\n'.repeat(65)],
    ['white space around it', ` \n\u3000${'a'.repeat(130)}\n\n\u00a0`],
  ])('counts %s as the server does', async (_what, text) => {
    const page = counting;
    await field(page).fill(text);
    const expected = 140 - countGraphemes(normalizeText(text));
    await expect.poll(() => left(page).textContent()).toBe(String(expected));
  });

  it('keeps the count on one line, however narrow the window', async () => {
    const page = await open('es');
    await page.setViewportSize({ width: 256, height: 640 });
    await field(page).fill('a'.repeat(121));
    const height = async () => (await left(page).boundingBox())?.height;
    const ofOneLine = await height();
    await field(page).fill('a'.repeat(1_240));
    expect([await left(page).textContent(), await height()]).toEqual(['-1100', ofOneLine]);
  });

  it('shows the rest only near the limit, and announces it in steps; beyond it, the excess', async () => {
    const page = await open('es');
    const { t } = texts('es');
    const spoken = page.locator('[data-count-text]');
    await field(page).fill('a'.repeat(100));
    expect(await left(page).isVisible()).toBe(false);
    await field(page).fill('a'.repeat(120));
    expect([await left(page).textContent(), await spoken.textContent()]).toEqual([
      '20',
      t('composer.left').replace('{n}', '20'),
    ]);
    await field(page).fill('a'.repeat(121));
    expect([await left(page).textContent(), await spoken.textContent()]).toEqual([
      '19',
      t('composer.left').replace('{n}', '20'),
    ]);
    await field(page).fill('a'.repeat(143));
    expect([await left(page).textContent(), await spoken.textContent()]).toEqual([
      '-3',
      t('composer.over').replace('{n}', '3'),
    ]);
  });

  it.each(['', ' \n ', '\u200b\u2060'])('has nothing to send while it holds %j', async (text) => {
    const page = await open();
    await field(page).fill('x');
    expect(await button(page).isEnabled()).toBe(true);
    await field(page).fill(text);
    expect(await button(page).isEnabled()).toBe(false);
    await field(page).press('Control+Enter');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await field(page).inputValue()).toBe(text);
  });

  it.each(['Control+Enter', 'Meta+Enter'])('sends by %s, and Enter alone makes a line', async (keys) => {
    const page = await open();
    await field(page).fill('first');
    await field(page).press('Enter');
    await field(page).pressSequentially(keys);
    await field(page).press(keys);
    await expect.poll(async () => (await bodies(page))[0]).toBe(`first\n${keys}`);
    expect(await field(page).inputValue()).toBe('');
  });

  it('keeps the typed text through a reload and another page, until it is published', async () => {
    const page = await open();
    await field(page).fill('a draft');
    await page.reload();
    expect(await field(page).inputValue()).toBe('a draft');
    await page.goto('/explore');
    await page.goto('/');
    expect(await field(page).inputValue()).toBe('a draft');
    await button(page).click();
    await expect.poll(async () => (await bodies(page))[0]).toBe('a draft');
    await page.reload();
    expect(await field(page).inputValue()).toBe('');
  });

  it('keeps the text if publishing failed on the way, and sends it later', async () => {
    const page = await open();
    await field(page).fill('sent into nowhere');
    await page.route('**/posts', (route) => route.abort());
    await button(page).click();
    await page.waitForURL('chrome-error://chromewebdata/');
    await page.unroute('**/posts');
    await page.goto('/');
    expect(await field(page).inputValue()).toBe('sent into nowhere');
    await field(page).press('Control+Enter');
    await expect.poll(async () => (await bodies(page))[0]).toBe('sent into nowhere');
  });

  it('keeps the text if the session is over: signing in brings it back', async () => {
    const page = await open();
    await field(page).fill('written too late');
    const kept = await page.context().cookies();
    await page.context().clearCookies({ name: /session/ });
    expect(kept.some(({ name }) => name.includes('session'))).toBe(true);
    await button(page).click();
    await page.waitForSelector('[name=password]');
    await page.fill('[name=login]', 'ada');
    await page.fill('[name=password]', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=body]');
    expect(await field(page).inputValue()).toBe('written too late');
    await button(page).click();
    await expect.poll(async () => (await bodies(page))[0]).toBe('written too late');
    expect(await field(page).inputValue()).toBe('');
    await host.complained(/40[13]/);
  });
});
