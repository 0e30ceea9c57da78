import compression from 'compression';
import express from 'express';
import helmet from 'helmet';
import { expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../../../tests/support/browser.ts';
import { blog, served } from '../support/blog.ts';
import { PASSWORD } from '../support/visitor.ts';

it('a browser is at home in two microblogs of one site, behind much that Express applications have', async () => {
  const host = express()
    .use(helmet(), compression(), express.json(), express.urlencoded())
    .use((_req, res, next) => {
      res.cookie('session', 'of the host', { httpOnly: true });
      next();
    })
    .use('/blog', blog().app.callback())
    .use(blog({ basePath: '/team/journal' }).app.callback())
    .use((_req, res) => void res.send('<title>host</title>'));
  const origin = await served(host);
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce' });
  const page = await context.newPage();
  /** Errors of scripts, what did not load, and what a policy refused. */
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  for (const base of ['/blog', '/team/journal']) {
    await page.goto(`${origin}${base}`);
    await page.click(`a[href="${base}/register"]:visible`);
    await page.fill('[name=nickname]', 'ada');
    await page.fill('[name=email]', 'ada@example.org');
    await page.fill('[name=password]', PASSWORD);
    await page.click('form:has([name=nickname]) button');
    await page.waitForURL(`${origin}${base}/`);
    await page.fill('[name=body]', `Hello from ${base}`);
    await page.click('form:has([name=body]) button');
    await page.waitForSelector('.post-body');
    expect(await page.locator('.post-body').allInnerTexts()).toEqual([`Hello from ${base}`]);
    // The style sheet under the base path was taken: browsers' own has a margin.
    expect(await page.evaluate('getComputedStyle(document.body).margin')).toBe('0px');
  }

  const cookies = (await context.cookies()).map(({ name, path }) => `${path} ${name}`).sort();
  expect(cookies.filter((cookie) => !cookie.includes(' microblog_'))).toEqual(['/ session']);
  expect(cookies.filter((cookie) => cookie.endsWith(' microblog_session'))).toEqual([
    '/blog microblog_session',
    '/team/journal microblog_session',
  ]);
  await page.goto(`${origin}/blog`);
  expect(await page.locator('.post-body').allInnerTexts()).toEqual(['Hello from /blog']);
  await page.goto(origin);
  expect([await page.title(), complaints]).toEqual(['host', []]);
});
