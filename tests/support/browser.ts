import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { colourRules, violations } from './accessibility.ts';

/** Chromium from an npm package: no system package, no download, no background traffic. */
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

/**
 * A page in a new browser. Its errors are added to `complaints`: errors of scripts, and requests refused by the
 * content security policy.
 */
export async function openWindow(
  browser: Browser,
  options: BrowserContextOptions,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return page;
}

/**
 * Expects that axe finds no violation on the current page in each of these themes: of any rule in the first theme,
 * and of the rules about colours in the others.
 */
export async function expectAccessible(
  page: Page,
  themes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<void> {
  for (const [index, colorScheme] of themes.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await violations(page, index === 0 ? {} : colourRules);
    expect(found, `${page.url()}, ${colorScheme}`).toEqual([]);
  }
}
