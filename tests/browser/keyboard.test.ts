import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostOpener, useHost } from '../../packages/host-koa/tests/support/host.ts';
import { postOffice } from '../../packages/host-koa/tests/support/post-office.ts';
import { texts } from '../../packages/host-koa/tests/support/texts.ts';
import { PASSWORD } from '../../packages/host-koa/tests/support/visitor.ts';
import { launchBrowser } from '../support/browser.ts';
import { press, tabTo, typeInto } from '../support/keyboard.ts';

describe.each([
  { scripts: true, language: 'en' },
  { scripts: false, language: 'es' },
])('a member without a mouse (scripts: $scripts, language: $language)', ({ scripts, language }) => {
  const host = useHost(hostOpener(), { mailer: postOffice() });
  const { t } = texts(language);
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const options = { javaScriptEnabled: scripts, locale: language, reducedMotion: 'reduce' } as const;
    page = await browser.newPage({ baseURL: host.running.url, ...options });
  });
  afterEach(() => page.close());

  const main = () => page.getByRole('main');
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const button = (name: string) => main().getByRole('button', { name, exact: true });
  const flash = (text: string) => page.getByText(text).waitFor();
  const account = async (nickname: string) =>
    (await host.running.storage.users.findByNickname(nickname)) ?? expect.fail(`${nickname} is not there`);

  /**
   * Signs a new member in, and opens a page. Everything after it is done by keyboard. Returns the member's nickname.
   */
  async function open(path: (nickname: string) => string): Promise<string> {
    const { nickname, cookies } = await host.member({ language });
    const { url } = host.running;
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
    await page.goto(path(nickname));
    return nickname;
  }

  it('registers, after a form that came back', async () => {
    await page.goto('/');
    await press(page, link(t('layout.register')));
    await page.waitForURL('**/register');
    await typeInto(page, main().locator('[name=nickname]'), 'ada');
    await typeInto(page, main().locator('[name=email]'), 'ada@example.org');
    await typeInto(page, main().locator('[name=password]'), 'short');
    await page.keyboard.press('Enter');
    await main().locator('[name=password][aria-invalid=true]:focus').waitFor();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await flash(t('flash.registered_mail', { nickname: 'ada' }));
  });

  it('follows a member', async () => {
    const { nickname: other } = await host.member();
    const nickname = await open(() => `/user/${other}`);
    await press(page, button(`${t('follow.follow')} ${other}`));
    // The button changes before the answer; the message comes with it.
    await flash(t('flash.followed', { nickname: other }));
    expect((await account(nickname)).followingCount).toBe(1);
  });

  it('edits the profile', async () => {
    const nickname = await open(() => '/');
    await press(page, page.getByRole('navigation').getByRole('link', { name: t('places.profile') }));
    await page.waitForURL(`**/user/${nickname}`);
    await press(page, link(t('profile.edit')));
    await page.waitForURL('**/edit');
    await typeInto(page, main().locator('[name=about_me]'), 'I count.');
    await press(page, button(t('edit.submit')));
    await page.waitForURL(`**/user/${nickname}`);
    expect(await main().getByText('I count.').isVisible()).toBe(true);
  });

  it('turns off mails about followers', async () => {
    const nickname = await open((nickname) => `/user/${nickname}`);
    await press(page, link(t('settings.title')));
    await page.waitForURL('**/settings');
    await tabTo(page, main().getByRole('checkbox', { name: t('settings.mail_on_follow') }));
    await page.keyboard.press('Space');
    await press(page, button(t('settings.save')));
    await flash(t('flash.saved'));
    expect((await account(nickname)).settings.mailOnFollow).toBe(false);
  });

  it('changes the password, after a wrong one', async () => {
    await open(() => '/settings');
    const section = page.getByRole('region', { name: t('settings.password'), exact: true });
    await press(page, section.locator('summary'));
    const current = section.locator('[name=current_password]');
    await typeInto(page, current, 'wrong horse battery');
    await typeInto(page, section.locator('[name=password]'), 'another horse battery');
    await page.keyboard.press('Enter');
    await section.locator('[name=current_password][aria-invalid=true]:focus').waitFor();
    await page.keyboard.type(PASSWORD);
    await typeInto(page, section.locator('[name=password]'), 'another horse battery');
    await press(page, section.getByRole('button'));
    await flash(t('flash.password_changed'));
  });

  it('signs out, and in again after a form that came back as a whole', async () => {
    const nickname = await open(() => '/');
    await press(page, page.getByRole('button', { name: t('layout.sign_out') }));
    await flash(t('flash.signed_out'));
    await press(page, link(t('layout.sign_in')));
    await page.waitForURL('**/login');
    await typeInto(page, main().locator('[name=login]'), nickname);
    await typeInto(page, main().locator('[name=password]'), 'another horse battery');
    await page.keyboard.press('Enter');
    await main().locator('[role=alert]:focus').waitFor();
    // From the error message, one Tab leads to the form.
    await page.keyboard.press('Tab');
    expect(await main().locator('[name=login]:focus').count()).toBe(1);
    await typeInto(page, main().locator('[name=password]'), PASSWORD);
    await page.keyboard.press('Enter');
    await flash(t('flash.signed_in', { nickname }));
  });
});
