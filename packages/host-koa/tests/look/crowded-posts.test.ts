import type { PostId, UserId } from '@microblog/core';
import { operator } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../../tests/support/browser.ts';
import { hostOpener, type RunningHost } from '../support/host.ts';
import { visitor } from '../support/visitor.ts';

/** Texts of an earlier release, or of an archive: the rules of core refuse them today. */
const CROWDED = {
  'an emoji joined to itself 1,490 times': '🚫\u200d'.repeat(1490),
  '140 letters with 30 marks each': `Z${'\u0300'.repeat(15)}${'\u0316'.repeat(15)}`.repeat(140),
  'a letter with 200 marks': `a${'\u0301'.repeat(200)}`,
  'marks of Thai without end': `ก${'\u0e49'.repeat(300)}`,
  'one long Hangul syllable': '\u1100'.repeat(2000),
};

/** Letters with high and low marks, which must not be cut. */
const TALL = 'ỆǺgjpqy Ấ ẵ بِسْمِ ٱللَّهِ جَلَّ ปู่ที่น้ำญูฎุ क्ष्म्यूँ ǰ̱Å̂';

let host: RunningHost;
let browser: Browser;
const posts: Record<string, PostId> = {};

beforeAll(async () => {
  [host, browser] = await Promise.all([hostOpener()(), launchBrowser()]);
  await visitor(host.url).register('ada');
  const { id } = await host.microblog.accounts.show(operator, 'ada');
  const build = builders();
  const insert = async (name: string, body: string, authorId: UserId = id) => {
    const post = build.post(authorId, { body });
    posts[name] = post.id;
    await host.storage.posts.insert(post);
  };
  for (const [name, body] of Object.entries(CROWDED)) {
    await insert(`below ${name}`, 'An ordinary post below.');
    await insert(name, body);
    await insert(`above ${name}`, 'An ordinary post above.');
  }
  await insert('tall', TALL);
});
afterAll(async () => {
  await browser.close();
  await host.close();
});

const at = (name: string) => `#post-${posts[name]}`;

async function open(path: string, width: number): Promise<Page> {
  const context = await browser.newContext({
    baseURL: host.url,
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(path);
  // Nothing but the texts may differ between two pictures: portraits load late, bars stay in view.
  await page.addStyleTag({
    content: 'img, header, nav, aside { display: none !important } * { transition: none !important }',
  });
  return page;
}

interface Change {
  readonly seen: string;
  readonly of: string;
  readonly property: string;
  readonly to: string;
}

/**
 * Whether the picture of the post `seen` changes if the text of the post `of` gets another style. Callers poll: a
 * picture that was taken while the page still settled differs once.
 */
async function changes(page: Page, { seen, of, property, to }: Change): Promise<boolean> {
  const picture = async () => (await page.locator(at(seen)).screenshot()).toString('base64');
  const style = (value: string) =>
    page
      .locator(`${at(of)} .post-body`)
      .evaluate((body: HTMLElement, [name, given]) => body.style.setProperty(name, given), [
        property,
        value,
      ] as const);
  const before = await picture();
  await style(to);
  const after = await picture();
  await style('');
  return before !== after;
}

describe.each([320, 1280])('posts with crowded characters, %i pixels wide', (width) => {
  it.each(['/explore', '/user/ada', '/embed/timeline'])('never make %s wider', async (path) => {
    const page = await open(path, width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.context().close();
  });

  it.each(Object.keys(CROWDED))('do not paint over their neighbours: %s', async (name) => {
    const page = await open('/explore', width);
    for (const neighbour of [`above ${name}`, `below ${name}`]) {
      await expect
        .poll(() => changes(page, { seen: neighbour, of: name, property: 'visibility', to: 'hidden' }))
        .toBe(false);
    }
    await page.context().close();
  });

  it('would paint over their neighbours if the style did not end them', async () => {
    const page = await open('/explore', width);
    const [of, seen] = ['a letter with 200 marks', 'above a letter with 200 marks'];
    await expect.poll(() => changes(page, { seen, of, property: 'overflow', to: 'visible' })).toBe(true);
    await page.context().close();
  });

  it('leave high and low marks of other posts whole', async () => {
    const page = await open('/explore', width);
    await expect
      .poll(() => changes(page, { seen: 'tall', of: 'tall', property: 'overflow', to: 'visible' }))
      .toBe(false);
    await page.context().close();
  });
});
