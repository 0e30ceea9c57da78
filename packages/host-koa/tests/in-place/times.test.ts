import { builders } from '@microblog/core/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowserHost } from '../support/browser-host.ts';

const MINUTE = 60_000;
/** In Los Angeles it is still the year before. */
const written = new Date('2026-01-01T03:00:00.000Z');

describe('times in a browser', () => {
  const host = useBrowserHost({}, { app: { languages: ['en', 'es', 'ar'] } });
  let permalink: string;

  beforeAll(async () => {
    const { users, posts } = host.running.storage;
    const build = builders(written);
    const ada = await users.insert(build.user({ nickname: 'ada', createdAt: written }));
    const post = build.post(ada.id, { createdAt: written });
    await posts.insert(post);
    await users.markSeen(ada.id, written);
    permalink = `/posts/${post.id}`;
  });

  async function open(path: string, options: BrowserContextOptions, now?: Date): Promise<Page> {
    const page = await host.window(null, options);
    if (now !== undefined) {
      // The clock runs until it is paused, and can only be paused at a later time.
      await page.clock.install({ time: new Date(now.getTime() - 60 * MINUTE) });
      await page.clock.pauseAt(now);
    }
    await page.goto(path);
    return page;
  }
  const later = (milliseconds: number) => new Date(written.getTime() + milliseconds);
  const time = (page: Page) => page.locator('.post-time time');

  it.each([
    ['en', 'America/Los_Angeles', 'Dec 31, 2025', 'December 31, 2025 at 7:00 PM'],
    ['en', 'Asia/Tokyo', 'Jan 1', 'January 1, 2026 at 12:00 PM'],
    ['es', 'Europe/Madrid', '1 ene', '1 de enero de 2026 a las 4:00'],
    ['es', 'America/Montevideo', '1 ene', '1 de enero de 2026 a las 0:00'],
    ['ar', 'Asia/Riyadh', '1 يناير', '1 يناير 2026 في 6:00 ص'],
  ])(
    'are dates in %s in the zone %s after a week, exact on hover',
    async (locale, timezoneId, text, exact) => {
      const page = await open('/explore', { locale, timezoneId }, later(20 * 24 * 60 * MINUTE));
      expect([await time(page).textContent(), await time(page).getAttribute('title')]).toEqual([text, exact]);
      expect(await time(page).getAttribute('datetime')).toBe(written.toISOString());
      await page.goto(permalink);
      expect(await page.locator('[data-exact]').textContent()).toBe(exact);
    },
  );

  it('are kept fresh minute by minute, for hours, while the page is in view', async () => {
    const page = await open('/explore', { timezoneId: 'Asia/Kolkata' }, later(30_000));
    expect(await time(page).textContent()).toBe('now');
    for (const minute of [1, 2, 3]) {
      await page.clock.runFor(MINUTE);
      expect(await time(page).textContent()).toBe(`${minute}m ago`);
    }
    await page.clock.runFor(56 * MINUTE);
    expect(await time(page).textContent()).toBe('59m ago');
    await page.clock.runFor(121 * MINUTE);
    expect(await time(page).textContent()).toBe('3h ago');
  });

  it('are updated when a reader comes back to the page, whose timers slept', async () => {
    const page = await open('/explore', {}, later(MINUTE));
    await page.clock.pauseAt(later(26 * 60 * MINUTE));
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    expect(await time(page).textContent()).toBe('1d ago');
  });

  it('are "now" if the reader’s clock is behind', async () => {
    const page = await open('/explore', {}, later(-20 * MINUTE));
    expect(await time(page).textContent()).toBe('now');
  });

  it('of a profile are those of the reader, too', async () => {
    const zone = { timezoneId: 'America/Los_Angeles' };
    const page = await open('/user/ada', { ...zone, locale: 'es' }, later(5 * MINUTE));
    const facts = page.locator('.profile-facts time');
    expect(await facts.allInnerTexts()).toEqual([
      'Se unió el 31 de diciembre de 2025',
      'Última visita: hace 5 min',
    ]);
    expect(await facts.last().getAttribute('title')).toBe('31 de diciembre de 2025 a las 19:00');
    await page.clock.runFor(MINUTE);
    expect(await facts.last().textContent()).toBe('Última visita: hace 6 min');
  });

  it('are in UTC without scripts, and labelled UTC', async () => {
    const page = await open('/explore', { javaScriptEnabled: false, timezoneId: 'America/Los_Angeles' });
    expect(await time(page).textContent()).toMatch(/^Jan 1/);
    expect(await time(page).getAttribute('title')).toBe('January 1, 2026 at 3:00:00 AM UTC');
    await page.goto(permalink);
    expect(await page.locator('[data-exact]').textContent()).toBe('January 1, 2026 at 3:00:00 AM UTC');
  });
});
