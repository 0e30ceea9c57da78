import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** In seconds. */
const STEP = 5;

/**
 * Records in the page each request for the number of new posts, and when the page has read the answer. Events of
 * the network are too late for that: they come some time after the script that made the request has run.
 */
const record = `(() => {
  const { fetch } = globalThis;
  globalThis.asked = [];
  globalThis.fetch = (url, options) => {
    const answer = fetch(url, options);
    const { pathname } = new URL(url, location.href);
    if (pathname.endsWith('/new')) asked.push({ pathname, isRead: isRead(answer) });
    return answer;
  };
  function isRead(answer) {
    return new Promise((resolve) => {
      // Runs before the page gets the answer, as it is the first to wait for it.
      answer.then((response) => {
        // The page reads the body of an answer without fault only.
        if (!response.ok) resolve();
        response.json = () => {
          const value = Response.prototype.json.call(response);
          value.then(resolve, resolve);
          return value;
        };
      }, resolve);
    });
  }
})()`;

/** Stops the clock of a page that is not loaded yet. Only the test then moves it. */
export async function stopClock(page: Page): Promise<void> {
  await page.addInitScript(record);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
}

/** The paths that the page asked for the number of new posts, since it was loaded. */
export function asked(page: Page): Promise<string[]> {
  return page.evaluate<string[]>('asked.map(({ pathname }) => pathname)');
}

/** Waits until the page has read the answers to all its requests. Their time limit ends only if the clock moves. */
export async function answersRead(page: Page): Promise<void> {
  await page.evaluate('Promise.all(asked.map(({ isRead }) => isRead))');
}

/**
 * Moves the clock until the page asks, and waits for the answer while the clock stands still: a clock that moves
 * would end the page's time limit for the answer. Returns how far the clock moved, in seconds.
 */
export async function secondsUntilAsked(page: Page): Promise<number> {
  const before = (await asked(page)).length;
  for (let seconds = STEP; seconds <= 3600; seconds += STEP) {
    // Returns after the page's timers of that time have run, and so have started their requests.
    await page.clock.runFor(STEP * 1000);
    if ((await asked(page)).length > before) {
      await answersRead(page);
      return seconds;
    }
  }
  return expect.fail('the page has not asked within an hour of its clock');
}

/** Expects that the page asks after about a minute, and waits for the answer. */
export async function aMinute(page: Page): Promise<void> {
  expect(Math.abs((await secondsUntilAsked(page)) - 60)).toBeLessThanOrEqual(15);
}
