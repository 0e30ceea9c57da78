import type { User } from '@microblog/core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser, openWindow } from '../../../../tests/support/browser.ts';
import { type HostKind, type HostSetup, hostOpener, type RunningHost } from './host.ts';
import { visitor } from './visitor.ts';

export interface BrowserHost {
  readonly running: RunningHost;
  /** A visitor who has registered an account. */
  person(nickname: string): Promise<User>;
  /** Publishes one post for each body, the last one the newest. */
  publish(author: User, ...bodies: string[]): Promise<void>;
  /** A page in a new browser. It is signed in as `nickname`, or not at all if that is null. */
  window(nickname: string | null, options?: BrowserContextOptions): Promise<Page>;
  /**
   * Waits until browsers have reported this number of errors that match, and forgets them. Default: one. Errors of
   * scripts, refused or failed requests; the tests fail if any others are reported.
   */
  complained(pattern: RegExp, count?: number): Promise<void>;
}

/**
 * A host and a browser for the tests of a `describe`. The tests fail if the server logs an error or a browser
 * reports one.
 */
export function useBrowserHost(kind: HostKind = {}, setup: HostSetup = {}): BrowserHost {
  let running: RunningHost;
  let browser: Browser;
  const complaints: string[] = [];
  beforeAll(async () => {
    running = await hostOpener(kind)(setup);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
    expect(running?.failures, 'faults of the server').toEqual([]);
    expect(complaints, 'complaints of the browser').toEqual([]);
  });
  return {
    get running() {
      return running;
    },
    person: (nickname) =>
      running.microblog.accounts.register(null, {
        nickname,
        email: `${nickname}@example.org`,
        password: 'correct horse battery',
      }),
    async publish(author, ...bodies) {
      for (const body of bodies) await running.microblog.posts.publish(author, { body });
    },
    async window(nickname, options = {}) {
      const page = await openWindow(
        browser,
        { baseURL: running.url, locale: 'en', reducedMotion: 'reduce', ...options },
        complaints,
      );
      if (nickname !== null) {
        const member = visitor(running.url);
        await member.signIn(nickname);
        const { origin, pathname } = new URL(`${running.url}/`);
        const path = pathname.replace(/(.)\/$/, '$1');
        const domain = new URL(origin).hostname;
        await page
          .context()
          .addCookies([...member.cookies].map(([name, value]) => ({ name, value, domain, path })));
      }
      return page;
    },
    async complained(pattern, count = 1) {
      const matching = () => complaints.filter((complaint) => pattern.test(complaint));
      // A browser may report an error after the page has shown its effect.
      await expect.poll(matching).toHaveLength(count);
      for (const complaint of matching()) complaints.splice(complaints.indexOf(complaint), 1);
    },
  };
}
