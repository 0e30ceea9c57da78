import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AxeOptions, violations } from '../../../../tests/support/accessibility.ts';
import { launchBrowser } from '../../../../tests/support/browser.ts';
import { languages, type NastyHost, type NastyPage, openNastyHost } from './nasty-host.ts';

let host: NastyHost;
let browser: Browser;
const pages = new Map<string, Page>();

beforeAll(async () => {
  [host, browser] = await Promise.all([openNastyHost(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await host.close();
});

/** A phone, and a window on a desktop. */
const devices = {
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1280, height: 800 } },
} as const;
type Device = keyof typeof devices;

/** That page in a browser: one for each person, device and language. */
async function open({ path, as }: NastyPage, device: Device, language = 'en'): Promise<Page> {
  const key = `${as} ${device} ${language}`;
  let page = pages.get(key);
  if (page === undefined) {
    const context = await browser.newContext({
      ...devices[device],
      baseURL: host.url,
      locale: language,
      reducedMotion: 'reduce',
    });
    const cookies = as === 'visitor' ? [] : [...host[as].cookies];
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: host.url })));
    page = await context.newPage();
    pages.set(key, page);
  }
  await page.goto(path);
  return page;
}

/** For each page, everything that `look` finds wrong with it. */
async function faults(look: (row: NastyPage) => Promise<readonly string[]>) {
  const found: string[] = [];
  for (const row of host.pages)
    for (const fault of await look(row)) found.push(`${row.name} (${row.as}): ${fault}`);
  return found;
}

/** Elements that reach beyond the right or left edge of the window. */
const overflowing = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.querySelectorAll('body *')].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > clientWidth + 1 || left < -1;
  });
  return [innerWidth + ' px scroll to ' + scrollWidth + ': ' + out.slice(0, 3).map((element) => element.className || element.localName)];
})()`;

/** Touch targets in a phone's bars that are less than 44 pixels wide or high. */
const smallInBars = `[...document.querySelectorAll('.brand-bar a, .places a, .menu-button')].flatMap((target) => {
  const { width, height } = target.getBoundingClientRect();
  return width >= 44 && height >= 44 ? [] : [target.className + ' is ' + width + ' × ' + height];
})`;

/** Elements with an animation or transition that takes time. */
const moving = `[...document.querySelectorAll('*')].flatMap((element) => ['', '::before', '::after'].flatMap((part) => {
  const { transitionDuration, animationName, animationDuration } = getComputedStyle(element, part || null);
  const seconds = Math.max(...[transitionDuration, animationName === 'none' ? '0s' : animationDuration].flatMap((list) => list.split(', ')).map(parseFloat));
  return seconds > 0.001 ? [element.className + part + ' takes ' + seconds + ' s'] : [];
}))`;

/** Only the first posts of a list; the others are alike. */
const MOST_STOPS = 30;

interface Stop {
  readonly area: string;
  readonly fault: string | null;
}

/** The element that has the focus; null at the end of the page. */
const reached = `(() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const isShown = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || (element.matches('.form-control') && boxShadow !== 'none');
  const { left, top, width, height } = element.getClientRects()[0];
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  const isCovered = seen === null || !(element.contains(seen) || seen.contains(element)) || seen.matches('body, html');
  const name = element.localName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 20);
  const area = element.closest('.skip-link, .rail, .column, .aside');
  return {
    area: area === null ? 'nowhere' : area.classList[0],
    fault: !isShown ? name + ' shows no focus' : isCovered ? name + ' is covered' : null,
  };
})()`;

/** `target-size` is part of WCAG 2.2 AA, and off by default: 24 pixels, or enough space around. */
const withTargetSize: AxeOptions = { rules: { 'target-size': { enabled: true } } };

describe('every page', () => {
  it.each(languages)(
    'holds what people wrote without scrolling sideways, from 320 pixels on, has bars for thumbs, and moves nothing (%s)',
    async (language) => {
      const found = await faults(async (row) => {
        const page = await open(row, 'desk', language);
        const wrong = await page.evaluate<string[]>(moving);
        // 640 is a window of 1,280 pixels at 200 %, and 320 one at 400 %.
        for (const width of [1280, 768, 640, 320]) {
          await page.setViewportSize({ width, height: 480 });
          wrong.push(...(await page.evaluate<string[]>(overflowing)));
        }
        wrong.push(...(await page.evaluate<string[]>(smallInBars)));
        await page.setViewportSize(devices.desk.viewport);
        return wrong;
      });
      expect(found).toEqual([]);
    },
  );

  // Each page in one of the languages, and each language on some of the pages.
  it.each(languages.map((language, turn) => ({ language, turn })))(
    'has no accessibility violation on a phone and at a desk, light and dark ($language)',
    async ({ language, turn }) => {
      const rows = [...host.pages, ...host.forOthers].entries();
      const checked: string[] = [];
      const found: string[] = [];
      for (const [index, row] of rows) {
        // tests/browser/account-pages.test.ts covers them with all their forms and faults.
        if (index % languages.length !== turn || ['/edit', '/settings'].includes(row.path)) continue;
        checked.push(row.path);
        // Each page in both themes and on both devices: half of the pages are light on a phone, half are dark.
        const themes = index % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
        for (const [place, device] of (['phone', 'desk'] as const).entries()) {
          const page = await open(row, device, language);
          await page.emulateMedia({ colorScheme: themes[place] ?? null });
          for (const fault of await violations(page, withTargetSize))
            found.push(`${row.name} (${row.as}): ${device}: ${fault}`);
        }
      }
      expect(checked.length).toBeGreaterThan(0);
      expect(found).toEqual([]);
    },
  );

  it.each(['phone', 'desk'] as const)(
    'shows the keyboard focus, beside the bars and not behind them, in reading order (%s)',
    async (device) => {
      const found = await faults(async (row) => {
        const page = await open(row, device);
        const [faults, areas]: [string[], string[]] = [[], []];
        for (let stops = 0; stops < MOST_STOPS; stops++) {
          await page.keyboard.press('Tab');
          const stop = await page.evaluate<Stop | null>(reached);
          if (stop === null) break;
          if (stop.fault !== null) faults.push(stop.fault);
          if (stop.area !== areas.at(-1)) areas.push(stop.area);
        }
        const order = ['skip-link', 'rail', 'column', 'aside'].filter((area) => areas.includes(area));
        if (areas.join() !== order.join() || areas.length < 3) faults.push(`goes by ${areas.join(', ')}`);
        return faults;
      });
      expect(found).toEqual([]);
    },
  );

  it('leads past the navigation by its first link', async () => {
    const page = await open({ name: '', path: '/explore', as: 'writer' }, 'desk');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect((await page.evaluate<Stop | null>(reached))?.area).toBe('column');
  });
});
