import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLIENT_ID,
  oidcProvider,
  type TestProvider,
} from '../../packages/host-koa/tests/support/oidc-provider.ts';
import { APPLE_TEAM, apple } from '../../packages/host-koa/tests/support/provider-quirks.ts';
import { texts } from '../../packages/host-koa/tests/support/texts.ts';
import { expectAccessible, launchBrowser } from '../support/browser.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { press, typeInto } from '../support/keyboard.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';

const PASSWORD = 'correct horse battery';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

describe('signing in with a provider, in a browser', () => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  let provider: TestProvider;
  let posting: TestProvider;
  let server: Serving;
  let browser: Browser;
  /** Errors of scripts, and requests refused by the content security policy. */
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await initialisedFolder();
    browser = await launchBrowser();
    const port = await freePort();
    const BASE_URL = `http://localhost:${port}`;
    provider = await oidcProvider({ redirectUris: [`${BASE_URL}/login/own-id/callback`] });
    const { issuer, clientId, clientSecret } = provider;
    const { privateKey, ...quirks } = apple(CLIENT_ID);
    posting = await oidcProvider({
      redirectUris: [`${BASE_URL}/login/posting/callback`],
      ...{ claimsInToken: true, authentication: 'client_secret_post', quirks },
    });
    const posts = {
      ...{ name: 'Posting', issuer: posting.issuer, clientId: posting.clientId, responseMode: 'form_post' },
      clientSecretKey: { ...APPLE_TEAM, privateKey },
    };
    server = await serveMicroblog(folder.path, {
      ...{ PORT: String(port), HOST: 'localhost', BASE_URL },
      OIDC_PROVIDERS: JSON.stringify([{ name: 'Own ID', issuer, clientId, clientSecret }, posts]),
    });
  });
  afterAll(async () => {
    await browser.close();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    await provider.close();
    await posting.close();
    await folder.remove();
  });

  async function newPage(locale: string, javaScriptEnabled = true): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.url, locale, javaScriptEnabled });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return page;
  }

  /** From the sign-in page through the provider's pages, back to this site. */
  async function signInAs(page: Page, subject: string | null, button: string): Promise<void> {
    await page.goto('/login');
    await expectAccessible(page);
    await page.getByRole('link', { name: button }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    if (subject === null) return page.getByRole('button', { name: 'Refuse' }).click();
    await page.fill('[name=subject]', subject);
    await page.getByRole('button', { name: 'Allow' }).click();
  }

  it.each(['en', 'es'])(
    'makes an account, shows it in the settings, and links another (%s)',
    async (lang) => {
      const { t } = texts(lang);
      const button = t('login.continue_with', { provider: 'Own ID' });
      const person = (subject: string) => ({
        ...{ nickname: subject, email: `${subject}@example.org`, email_verified: true },
      });

      const first = `ada.${lang}`;
      provider.people.set(first, person(first));
      const page = await newPage(lang);
      await signInAs(page, first, button);
      await page.getByText(t('flash.registered', { nickname: first })).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
      await page.goto('/settings');
      await page.getByText(t('settings.unlink_last')).waitFor();
      await expectAccessible(page);

      // An account with a password and the same, unconfirmed address.
      const second = `ben.${lang}`;
      const member = await newPage(lang);
      await member.goto('/register');
      await expectAccessible(member);
      await member.fill('[name=nickname]', second);
      await member.fill('[name=email]', `${second}@example.org`);
      await member.fill('[name=password]', PASSWORD);
      await member.locator('main form button').click();
      await member.getByText(t('flash.registered_mail', { nickname: second })).waitFor();

      provider.people.set(second, person(second));
      const linking = await newPage(lang);
      await signInAs(linking, second, button);
      const who = { provider: 'Own ID', person: `${second}@example.org` };
      await linking.getByText(t('login.link', who)).waitFor();
      await expectAccessible(linking);
      await linking.fill('[name=login]', second);
      await linking.fill('[name=password]', PASSWORD);
      await linking.locator('main form button').click();
      await linking.getByText(t('flash.identity_joined', { nickname: second })).waitFor();

      await linking.goto('/settings');
      await expectAccessible(linking);
      await linking.getByRole('button', { name: t('settings.unlink_label', who) }).click();
      await linking.getByText(t('flash.identity_unlinked')).waitFor();
      await linking.getByRole('link', { name: t('settings.link', { provider: 'Own ID' }) }).click();
      // The provider still knows this browser, and asks nothing.
      await linking.getByText(t('settings.link_question', who)).waitFor();
      await expectAccessible(linking);
      await linking.fill('#field-link-password', PASSWORD);
      await linking.getByRole('button', { name: t('settings.link', { provider: 'Own ID' }) }).click();
      await linking.getByText(t('flash.identity_linked')).waitFor();

      for (const one of [page, member, linking]) await one.context().close();
    },
  );

  it.each(['en', 'es'])('shows a page with a way back if the person refuses (%s)', async (lang) => {
    const { t } = texts(lang);
    const page = await newPage(lang);
    await signInAs(page, null, t('login.continue_with', { provider: 'Own ID' }));
    await page.getByRole('heading', { name: t('errors:codes.provider_refused.title') }).waitFor();
    await expectAccessible(page);
    await page
      .locator('main')
      .getByRole('link', { name: t('error.sign_in') })
      .click();
    await page.waitForURL('**/login');
    await page.context().close();
  });

  it.each([
    { lang: 'en', scripts: true },
    { lang: 'es', scripts: false },
  ])(
    'survives the form that a provider posts from its own site ($lang, scripts: $scripts)',
    async ({ lang, scripts }) => {
      const { t } = texts(lang);
      const subject = `posted.${lang}`;
      posting.people.set(subject, { email: `${subject}@example.org`, email_verified: 'true' });
      const page = await newPage(lang, scripts);
      const request = page.waitForRequest(
        (one) => one.method() === 'POST' && one.url().endsWith('/login/posting/callback'),
      );
      await page.goto('/login?next=%2Fsettings');
      await page.getByRole('link', { name: t('login.continue_with', { provider: 'Posting' }) }).click();
      await page.waitForURL(`${posting.issuer}/**`);
      await page.fill('[name=subject]', subject);
      await page.getByRole('button', { name: 'Allow' }).click();
      if (!scripts) await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(t('settings.unlink_last')).waitFor();
      // Another site posts, so the browser sends no cookie; it does with the request that follows.
      const posted = await request;
      const { origin, cookie } = await posted.allHeaders();
      expect([origin, cookie]).toEqual([posting.issuer, undefined]);
      const followed = await posted.redirectedTo()?.allHeaders();
      expect(followed?.cookie).toContain('microblog_sign_in=');
      expect(new URL(page.url())).toMatchObject({ pathname: '/settings', search: '' });
      await page.getByText(`Posting ${subject}@example.org`).waitFor();
      await page.context().close();
    },
  );

  it.each([
    { lang: 'en', scripts: true },
    { lang: 'es', scripts: false },
  ])('is done with the keyboard alone ($lang, scripts: $scripts)', async ({ lang, scripts }) => {
    const { t } = texts(lang);
    const subject = `keys.${lang}`;
    const email = `${subject}@example.org`;
    provider.people.set(subject, { nickname: subject, email, email_verified: true });
    const page = await newPage(lang, scripts);
    await page.goto('/login');
    await press(page, page.getByRole('link', { name: t('login.continue_with', { provider: 'Own ID' }) }));
    await page.waitForURL(`${provider.issuer}/**`);
    await typeInto(page, page.locator('[name=subject]'), subject);
    await press(page, page.getByRole('button', { name: 'Allow' }));
    await page.getByText(t('flash.registered', { nickname: subject })).waitFor();
    await press(page, page.getByRole('link', { name: t('settings.title') }));
    await page.getByText(t('settings.unlink_last')).waitFor();
    await page.context().close();
  });

  it('causes no browser error, and logs no secret', () => {
    // Browsers log each refused page as an error, as expected.
    expect(complaints.filter((text) => !/status of 403/.test(text))).toEqual([]);
    expect(server.output()).toContain('"provider_refused"');
    expect(server.output()).toContain('/login/:provider/callback');
    expect(server.output()).not.toMatch(/code=|state=|@example\.org/);
    expect(server.output()).not.toContain(provider.clientSecret);
    expect(server.output()).not.toMatch(/Lovelace|PRIVATE KEY/);
  });
});
