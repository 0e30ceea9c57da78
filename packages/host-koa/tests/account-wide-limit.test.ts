import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from './support/host.ts';
import { alertOf } from './support/html.ts';
import { postOffice } from './support/post-office.ts';
import { texts } from './support/texts.ts';
import { PASSWORD, type Visitor } from './support/visitor.ts';

const KNOWN = 'microblog_known';
const wrong = { password: 'wrong horse battery' };
const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
const refusal = texts('en').error('too_many_attempts');

describe('guessing a password from many addresses', () => {
  const mailer = postOffice();
  const host = useHost(hostOpener(), { mailer, app: { limitAttempts: true, trustProxy: true } });
  let networks = 0;

  /** Tries wrong passwords for each of the logins in turn, `times` in all, from eleven new addresses. */
  async function botnet(logins: readonly string[], times: number): Promise<number[]> {
    const network = ++networks;
    const bots = Array.from({ length: 11 }, (_, bot) => host.visitor(from(`198.51.${network}.${bot}`)));
    const guess = (bot: Visitor, number: number) => bot.signIn(logins[number % logins.length] ?? '', wrong);
    const statuses: number[] = [];
    for (let number = 0; number < times; number++) {
      const bot = bots[Math.floor(number / logins.length) % bots.length] as Visitor;
      statuses.push((await guess(bot, number)).status);
    }
    return statuses;
  }

  const stranger = () => host.visitor(from(`203.0.113.${++networks}`));

  /** Registers a member and uses up the account's attempts, so that only known browsers may go on. */
  async function lockedAccount() {
    const member = await host.member(from(`192.0.2.${++networks}`));
    const logins = [member.nickname, `${member.nickname}@example.org`];
    const statuses = await botnet(logins, 100);
    return { member, logins, statuses };
  }

  /** The same browser without its session, and with `cookies` instead of its own. */
  function returning(cookies: ReadonlyMap<string, string>) {
    const browser = stranger();
    const known = cookies.get(KNOWN);
    if (known !== undefined) browser.cookies.set(KNOWN, known);
    return browser;
  }

  it('ends before a hundred, by nickname and address together, for the right password as well', async () => {
    const { logins, statuses } = await lockedAccount();
    expect(statuses.filter((status) => status === 401)).toHaveLength(66);
    expect(new Set(statuses.slice(66))).toEqual(new Set([429]));
    for (const login of [...logins, logins[0]?.toUpperCase() ?? '', ` ${logins[1]} `]) {
      const answer = await stranger().signIn(login);
      expect([answer.status, alertOf(answer.text)]).toEqual([429, refusal]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(15 * 60);
    }
  });

  it('is answered alike for an unknown login', async () => {
    const { nickname } = await host.member(from(`192.0.2.${++networks}`));
    const statuses = await botnet(['nobody'], 40);
    expect(statuses).toEqual([...Array(33).fill(401), ...Array(7).fill(429)]);
    expect(await botnet([nickname], 40)).toEqual(statuses);
    const [unknown, known] = [await stranger().signIn('nobody'), await stranger().signIn(nickname)];
    expect([unknown.status, alertOf(unknown.text)]).toEqual([known.status, alertOf(known.text)]);
  });

  it('does not reveal which address is whose', async () => {
    const { nickname } = await host.member(from(`192.0.2.${++networks}`));
    await botnet([nickname], 34);
    expect((await stranger().signIn(`${nickname}@example.org`, wrong)).status).toBe(401);
  });

  it('lets a person in from a browser in which they signed in before, by either login', async () => {
    const { member, logins } = await lockedAccount();
    for (const login of logins) expect((await returning(member.cookies).signIn(login)).status).toBe(303);
    await member.submit('/logout', {}, '/settings');
    expect((await member.signIn(member.nickname)).status).toBe(303);
  });

  it('leaves the way by mail open, which makes the browser known', async () => {
    const { logins } = await lockedAccount();
    const [nickname = '', email = ''] = logins;
    const browser = stranger();
    await browser.submit('/reset-password', { email });
    const link = await mailer.linkTo(email, /Reset your password/, /\/reset-password\/[\w-]{43}/);
    const password = 'a new horse battery';
    expect((await browser.submit(link, { password }, link)).status).toBe(303);
    expect((await returning(browser.cookies).signIn(nickname, { password })).status).toBe(303);
    expect((await stranger().signIn(nickname, { password })).status).toBe(429);
  });

  it('lets a known browser guess no more often than others', async () => {
    const { nickname, cookies } = await host.member(from(`192.0.2.${++networks}`));
    const statuses: number[] = [];
    for (let number = 0; number < 40; number++) {
      const bot = host.visitor(from(`198.18.${networks}.${Math.floor(number / 10)}`));
      bot.cookies.set(KNOWN, cookies.get(KNOWN) ?? '');
      statuses.push((await bot.signIn(nickname, wrong)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(33);
    expect(statuses.at(-1)).toBe(429);
    // The member's other browsers, and browsers that were never here, are not affected.
    expect((await stranger().signIn(nickname)).status).toBe(303);
  });

  it('leaves the limit of one address as it is for a known browser', async () => {
    const { nickname, cookies } = await host.member(from(`192.0.2.${++networks}`));
    const browser = returning(cookies);
    for (let time = 0; time < 10; time++) expect((await browser.signIn(nickname, wrong)).status).toBe(401);
    expect((await browser.signIn(nickname)).status).toBe(429);
  });

  it('ignores a forged cookie, and that of another account', async () => {
    const { member } = await lockedAccount();
    const own = member.cookies.get(KNOWN) ?? '';
    const other = await host.member(from(`192.0.2.${++networks}`));
    const [content = '', signature = ''] = own.split('.');
    const [otherContent = ''] = (other.cookies.get(KNOWN) ?? '').split('.');
    const forged = [other.cookies.get(KNOWN) ?? '', content, `${content}.`, `${otherContent}.${signature}`];
    for (const cookie of [...forged, `${content}.${'A'.repeat(43)}`, '', 'x.y']) {
      const browser = returning(new Map([[KNOWN, cookie]]));
      expect((await browser.signIn(member.nickname)).status, cookie).toBe(429);
    }
  });

  it('is counted in the settings apart from signing in, and passed by the browser of the member', async () => {
    const member = await host.member(from(`192.0.2.${++networks}`));
    const own = new Map(member.cookies);
    const change = (current: string, address: string, browser: Visitor) =>
      browser.request('/settings/password', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'X-Forwarded-For': address,
        },
        body: new URLSearchParams({ _csrf: token, current_password: current, password: PASSWORD }).toString(),
      });
    const thief = host.visitor();
    for (const [name, value] of own) if (name !== KNOWN) thief.cookies.set(name, value);
    const token = await thief.token('/settings');
    const statuses: number[] = [];
    for (let number = 0; number < 40; number++) {
      statuses.push((await change(wrong.password, `198.19.${networks}.${number % 11}`, thief)).status);
    }
    expect(statuses).toEqual([...Array(33).fill(422), ...Array(7).fill(429)]);
    expect((await change(PASSWORD, '203.0.113.250', thief)).status).toBe(429);
    expect((await change(PASSWORD, '203.0.113.251', member)).status).toBe(303);
  });

  it('gives the browser a cookie for a year that scripts and other sites do not get', async () => {
    const { nickname } = await host.member(from(`192.0.2.${++networks}`));
    const tls = { headers: { 'X-Forwarded-For': '192.0.2.250', 'X-Forwarded-Proto': 'https' } };
    const { setCookies } = await host.visitor(tls).signIn(nickname);
    const { attributes = {} } = setCookies.get(KNOWN) ?? {};
    const { expires = '', ...others } = attributes;
    expect(others).toEqual({ path: '/', samesite: 'lax', httponly: '', secure: '' });
    expect((Date.parse(expires) - Date.now()) / 86_400_000).toBeCloseTo(365, 1);
  });

  it('is forgotten with the account', async () => {
    const member = await host.member(from(`192.0.2.${++networks}`));
    expect(member.cookies.has(KNOWN)).toBe(true);
    expect((await member.submit('/settings/delete', { password: PASSWORD }, '/settings')).status).toBe(303);
    expect(member.cookies.has(KNOWN)).toBe(false);
  });
});
