import { createHash } from 'node:crypto';
import { createMicroblog, memoryStorage } from '@microblog/core';
import { cheapPasswordHasher } from '@microblog/core/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../tests/support/browser.ts';
import {
  type PictureBehaviour,
  type PictureServer,
  pictureServer,
} from '../../../tests/support/picture-server.ts';
import { createKoaApp } from '../src/index.ts';
import { SECRET_KEY } from './support/host.ts';
import { listening } from './support/listening.ts';

const behaviours: readonly PictureBehaviour[] = ['found', 'missing', 'refused', 'dead', 'slow'];
const emailOf = (nickname: string) => `${nickname}@example.org`;

describe('pictures of Gravatar in a browser', () => {
  let gravatar: PictureServer;
  let browser: Browser;
  let page: Page;
  /** The same people, with Gravatar pictures and without. */
  let [on, off] = ['', ''];
  const complaints: string[] = [];
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    gravatar = await pictureServer(Object.fromEntries(behaviours.map((name) => [emailOf(name), name])));
    const microblog = createMicroblog(
      { storage: memoryStorage(), passwordHasher: cheapPasswordHasher() },
      { emailHashes: 'all' },
    );
    for (const nickname of behaviours) {
      const account = { nickname, email: ` ${emailOf(nickname).toUpperCase()} `, password: 'correct horse' };
      const user = await microblog.accounts.register(null, account);
      await microblog.posts.publish(user, { body: `I am ${nickname}` });
    }
    const urls = [];
    for (const given of [gravatar.origin, false]) {
      const app = createKoaApp(microblog, { secretKeys: [SECRET_KEY], gravatar: given });
      const server = await listening(app.callback());
      closing.push(() => {
        server.closeAllConnections();
        return new Promise((closed) => server.close(closed));
      });
      urls.push(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
    }
    [on = '', off = ''] = urls;
    browser = await launchBrowser();
    page = await browser.newPage({ reducedMotion: 'reduce', javaScriptEnabled: false });
    page.on('console', (message) => {
      const isAbsence = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !isAbsence) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    for (const close of closing) await close();
    await gravatar.close();
    expect(complaints, 'what a policy refused').toEqual([]);
  });

  /** A screenshot of the picture, once everything has loaded except the pictures that never answer. */
  async function shown(url: string, selector: string): Promise<string> {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    const picture = page.locator(selector).first();
    // Polled from here: a page without changes draws no frames, so its own timers may not run.
    const settled = `[...document.querySelectorAll('${selector} img, img${selector}')].every((img) => img.complete || img.src.includes('${hashOf('slow')}'))`;
    await expect.poll(() => page.evaluate(settled)).toBe(true);
    const { x, y, width, height } = (await picture.boundingBox()) ?? expect.fail('no picture');
    // Without the edge, whose rounding differs if two pictures lie on each other.
    const rim = width / 6;
    const clip = { x: x + rim, y: y + rim, width: width - 2 * rim, height: height - 2 * rim };
    return (await page.screenshot({ clip })).toString('base64');
  }
  const hashOf = (nickname: string) => createHash('sha256').update(emailOf(nickname)).digest('hex');

  it.each(behaviours)('the profile of a person whose picture is %s', async (nickname) => {
    const generated = await shown(`${off}/user/${nickname}`, '.profile-avatar');
    const withGravatar = () => shown(`${on}/user/${nickname}`, '.profile-avatar');
    // A loaded picture is painted a moment later.
    if (nickname === 'found') await expect.poll(withGravatar).not.toBe(generated);
    else expect(await withGravatar()).toBe(generated);
    const asked = gravatar.requests.filter(({ email }) => email === emailOf(nickname));
    expect(new Set(asked.map(({ url }) => url))).toEqual(
      new Set([192, 96].map((size) => `/avatar/${hashOf(nickname)}?s=${size}&d=blank`)),
    );
  });

  it('sends Gravatar nothing about the page', () => {
    expect(gravatar.requests.length).toBeGreaterThan(0);
    expect(gravatar.requests.map(({ headers }) => headers.referer)).toEqual(
      gravatar.requests.map(() => undefined),
    );
  });

  it.each(['/', '/explore', '/user/found', '/embed/timeline', '/embed/user/found'])(
    'the address is on no page, and Gravatar’s origin in the policy only if it is used: %s',
    async (path) => {
      const [yes, no] = [await fetch(on + path), await fetch(off + path)];
      const policy = (answer: Response) => answer.headers.get('Content-Security-Policy') ?? '';
      expect(policy(yes)).toContain(`img-src 'self' ${gravatar.origin}`);
      expect(policy(no)).not.toContain(gravatar.origin);
      const [html, without] = [await yes.text(), await no.text()];
      expect(html.toLowerCase()).not.toContain('@example.org');
      expect(html).toContain(hashOf('found'));
      expect(without).not.toMatch(/[0-9a-f]{64}\?s=/);
    },
  );

  it('feeds name one picture', async () => {
    const feed = (await (await fetch(`${on}/user/found/feed.json`)).json()) as { authors: object[] };
    expect(feed.authors[0]).toMatchObject({
      avatar: `${gravatar.origin}/avatar/${hashOf('found')}?s=96&d=identicon`,
    });
  });

  it.each(['found', 'dead'])('an embed shows the same: %s', async (nickname) => {
    const generated = await shown(`${off}/embed/user/${nickname}`, '.picture');
    const withGravatar = () => shown(`${on}/embed/user/${nickname}`, '.picture');
    if (nickname === 'found') await expect.poll(withGravatar).not.toBe(generated);
    else expect(await withGravatar()).toBe(generated);
  });
});
