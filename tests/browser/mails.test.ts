import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailRecipient, MailText, MailTexts, UserId } from '../../packages/core/src/index.ts';
import { catalogues } from '../../packages/host-koa/src/i18n/catalogues.ts';
import { hostMailTexts } from '../../packages/host-koa/src/index.ts';
import { expectAccessible, launchBrowser } from '../support/browser.ts';

const languages = Object.keys(catalogues);
const texts = hostMailTexts({
  origin: 'https://blog.example.org',
  secretKeys: ['a secret key for tests alone'],
  languages,
});
const token = 'T'.repeat(43);
const issuer = `https://${'id.'.repeat(20)}example.org`;

/** One row per mail: a new kind of mail does not compile before it has a row. */
const mails: { readonly [Name in keyof MailTexts]: (recipient: MailRecipient) => MailText } = {
  followed: (recipient) => texts.followed(recipient, { follower: { nickname: 'x'.repeat(64) } }),
  passwordReset: (recipient) => texts.passwordReset(recipient, { token }),
  emailConfirmation: (recipient) => texts.emailConfirmation(recipient, { token }),
  passwordChanged: (recipient) => texts.passwordChanged(recipient),
  emailChangeRequested: (recipient) => texts.emailChangeRequested(recipient),
  emailChanged: (recipient) => texts.emailChanged(recipient),
  identityLinked: (recipient) => texts.identityLinked(recipient, { issuer }),
  identityUnlinked: (recipient) => texts.identityUnlinked(recipient, { issuer }),
  accountDeleted: (recipient) => texts.accountDeleted(recipient),
};

describe.each(languages)('mails in %s, as a mail program shows them', (locale) => {
  let browser: Browser;
  let page: Page;
  const recipient: MailRecipient = { id: '42' as UserId, nickname: 'mary', locale };

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  });
  afterAll(() => browser.close());

  it.each(Object.entries(mails))(
    '%s: no violation in either theme, nothing cut off at 320 pixels',
    async (_, mail) => {
      const { html = expect.fail('there is no HTML'), subject } = mail(recipient);
      await page.setContent(html);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(subject);
      expect(await page.getByRole('main').count()).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    },
  );

  it('has a dark theme of its own', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      return page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('light')).toBe('rgb(255, 255, 255)');
    expect(await background('dark')).toBe('rgb(16, 19, 23)');
  });
});
