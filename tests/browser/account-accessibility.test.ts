import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../packages/host-koa/tests/support/visitor.ts';
import { expectAccessible, launchBrowser } from '../support/browser.ts';
import { refusedStates, type State, states, usePlaces } from './account-states.ts';

const places = await usePlaces();

/** A browser in which the host's address shows a given answer, even the page after a sent form. */
class Screen {
  readonly #page: Page;
  readonly #scripts: CDPSession;
  readonly complaints: string[] = [];

  constructor(page: Page, scripts: CDPSession) {
    this.#page = page;
    this.#scripts = scripts;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      const asked = /status of 4|status of 500|ERR_FAILED/;
      if (message.type() === 'error' && !asked.test(message.text())) this.complaints.push(message.text());
    });
  }

  get page(): Page {
    return this.#page;
  }

  async show({ text, status, headers }: Answer, { scripts }: { readonly scripts: boolean }): Promise<void> {
    const url = `${places.host.running.url}/shown`;
    await this.#page.unrouteAll();
    await this.#page.route('**', async (route) => {
      const asked = route.request().url();
      if (asked === url) {
        const policy = headers.get('Content-Security-Policy') ?? '';
        await route.fulfill({
          ...{ status, body: text, contentType: 'text/html; charset=utf-8' },
          headers: { 'Content-Security-Policy': policy },
        });
      } else if (asked.startsWith(places.host.running.url)) await route.continue();
      else await route.abort();
    });
    await this.#scripts.send('Emulation.setScriptExecutionDisabled', { value: !scripts });
    await this.#page.goto(url);
    // The page's own scripts have run with the page's policy; axe is a script as well.
    await this.#scripts.send('Emulation.setScriptExecutionDisabled', { value: false });
  }
}

describe.each([
  { language: 'en', plain: 'dark' },
  { language: 'es', plain: 'light' },
] as const)('pages of accounts in $language', ({ language, plain }) => {
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    browser = await launchBrowser();
    const context = await browser.newContext({ locale: language });
    const page = await context.newPage();
    screen = new Screen(page, await context.newCDPSession(page));
  });
  afterAll(async () => {
    await browser.close();
    expect(screen.complaints).toEqual([]);
  });

  /**
   * In one theme: with scripts, unchanged. In the other: without scripts, in a small window, with everything
   * unfolded. The second language swaps the themes.
   */
  async function expectGood(answer: Answer, look: () => Promise<void> = async () => {}): Promise<void> {
    const { page } = screen;
    await page.setViewportSize({ width: 1280, height: 800 });
    await screen.show(answer, { scripts: true });
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('main').textContent()).not.toMatch(
      /\b[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)+\b|\{\{/,
    );
    await look();
    await expectAccessible(page, [plain === 'dark' ? 'light' : 'dark']);

    await page.setViewportSize({ width: 320, height: 640 });
    await screen.show(answer, { scripts: false });
    await look();
    await page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true");
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(wider, 'pixels beside the window').toBeLessThanOrEqual(0);
    await expectAccessible(page, [plain]);
  }

  it.each(Object.entries(states))('%s', async (name, state: State) => {
    const answer = await state(places, language);
    const [, status] = /error (\d+)/.exec(name) ?? [];
    if (status !== undefined) expect(answer.status).toBe(Number(status));
    await expectGood(answer);
  });

  it.each(Object.entries(refusedStates))(
    'refused, with the focus on the invalid field: %s',
    async (_, state) => {
      const answer = await state(places, language);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      await expectGood(answer, async () => {
        const { page } = screen;
        const fault = page.locator('main :is([role=alert], [aria-invalid=true])').first();
        await expect.poll(() => fault.and(page.locator(':focus')).count()).toBe(1);
        expect(await fault.isVisible()).toBe(true);
        const notes = await fault.getAttribute('aria-describedby');
        const said = notes === null ? fault : page.locator(`#${notes}`);
        expect(await said.textContent()).not.toBe('');
      });
    },
  );
});
