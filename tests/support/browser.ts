import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

/** Chromium as the npm package carries it: no system package, no download, no traffic of its own. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, environment } = inject('chromium');
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...environment },
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

/** No violation of any rule of axe on the page as it stands, in each of these themes. */
export async function expectAccessible(
  page: Page,
  themes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The same rules in half the time: only frames of other origins need axe in a page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`);
    expect(found, `${page.url()}, ${colorScheme}`).toEqual([]);
  }
}
