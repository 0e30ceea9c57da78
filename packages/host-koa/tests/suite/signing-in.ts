import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { alertOf, faultAt, flashOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';

const SESSION = ['microblog_session', 'microblog_session.sig'];

export function signingInSuite(open: OpenHost): void {
  describe('signing in', () => {
    const host = useHost(open);

    it.each([
      (nickname: string) => nickname,
      (nickname: string) => nickname.toUpperCase(),
      (nickname: string) => `${nickname}@example.org`,
    ])('works by nickname and by e-mail, in any case', async (loginOf) => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      const answer = await visitor.signIn(loginOf(nickname));
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(flashOf((await visitor.get('/')).text)).toBe(texts('en').t('flash.signed_in', { nickname }));
    });

    it('leads to the page that was asked for, even after a mistake', async () => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      expect(valueIn((await visitor.get('/login?next=%2Fexplore%3Fa%3D1')).text, 'next')).toBe(
        '/explore?a=1',
      );
      const refused = await visitor.signIn(nickname, { password: 'wrong', next: '/explore?a=1' });
      const next = valueIn(refused.text, 'next') ?? '';
      expect((await visitor.signIn(nickname, { next })).location).toBe('/explore?a=1');
    });

    it.each([
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://evil.example',
      '//',
      'javascript:alert(1)',
      '@evil.example',
    ])('leads home rather than to %j', async (next) => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      const answer = await visitor.signIn(nickname, { next });
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect((await visitor.get(`/login?next=${encodeURIComponent(next)}`)).location).toBe('/');
    });

    it('sets a cookie for the browser session, out of reach of scripts', async () => {
      const { nickname } = await host.member();
      const { setCookies } = await host.visitor().signIn(nickname);
      const path = new URL(`${host.running.url}/`).pathname.slice(0, -1) || '/';
      for (const name of SESSION) {
        expect(setCookies.get(name)?.attributes).toEqual({ path, samesite: 'lax', httponly: '' });
      }
    });

    it('lasts 30 days if asked for', async () => {
      const { nickname } = await host.member();
      const { setCookies } = await host.visitor().signIn(nickname, { remember_me: '1' });
      for (const name of SESSION) {
        const days = (Date.parse(setCookies.get(name)?.attributes.expires ?? '') - Date.now()) / 86_400_000;
        expect(days).toBeGreaterThan(29.9);
        expect(days).toBeLessThanOrEqual(30);
      }
    });

    it('is over after signing out', async () => {
      const member = await host.member();
      const answer = await member.submit('/logout');
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect([...member.cookies.keys()].filter((name) => SESSION.includes(name))).toEqual([]);
      const home = await member.get('/');
      expect(flashOf(home.text)).toBe(texts('en').t('flash.signed_out'));
      expect(valueIn(home.text, 'body')).toBeNull();
    });

    it('is over when the sessions of the account were ended', async () => {
      const member = await host.member();
      const user = await host.running.microblog.accounts.show(operator, member.nickname);
      await host.running.storage.users.update(user.id, { sessionEpoch: user.sessionEpoch + 1 });
      const home = await member.get('/');
      expect(valueIn(home.text, 'body')).toBeNull();
      expect(home.setCookies.get('microblog_session')?.value).toBe('');
    });

    it.each([
      ['another user', 'microblog_session', (value: string) => value.replace(/^\d+/, '1')],
      ['a later end', 'microblog_session', (value: string) => value.replace(/\d+$/, '9999999999')],
      ['another epoch', 'microblog_session', (value: string) => value.replace('.0.', '.1.')],
      ['no form at all', 'microblog_session', () => '%00%ff'],
      ['another signature', 'microblog_session.sig', () => 'A'.repeat(43)],
    ])('is over with a cookie tampered with to hold %s', async (_what, name, tamper) => {
      const member = await host.member();
      member.cookies.set(name, tamper(member.cookies.get(name) ?? ''));
      const home = await member.get('/');
      expect(home.status).toBe(200);
      expect(valueIn(home.text, 'body')).toBeNull();
      expect([...member.cookies.keys()].filter((cookie) => SESSION.includes(cookie))).toEqual([]);
    });
  });

  describe.each(['en', 'es'])('signing in in %s', (language) => {
    const host = useHost(open);
    const { error, field } = texts(language);

    it('answers a wrong password and an unknown login alike, and keeps only the login', async () => {
      const { nickname } = await host.member();
      for (const [login, password] of [
        [nickname, 'wrong'],
        ['nobody', 'correct horse battery'],
        ['nobody@example.org', 'wrong'],
        ['nul\0', 'wrong'],
        ['a@b\0', 'wrong'],
        ['x'.repeat(5000), 'wrong'],
        [nickname, 'p'.repeat(5000)],
      ] as const) {
        const { status, text } = await host.visitor({ language }).signIn(login, { password });
        expect([status, alertOf(text)]).toEqual([401, error('sign_in_failed')]);
        expect([valueIn(text, 'login'), valueIn(text, 'password')]).toEqual([login, '']);
      }
    });

    it('names the fields that were left empty', async () => {
      const { status, text } = await host.visitor({ language }).signIn(' ', { password: '' });
      expect(status).toBe(422);
      expect([faultAt(text, 'login'), faultAt(text, 'password')]).toEqual([
        field('login', 'required'),
        field('password', 'required'),
      ]);
    });

    it('keeps the tick at "stay signed in"', async () => {
      const { text } = await host.visitor({ language }).signIn('nobody', { remember_me: '1' });
      expect(text).toMatch(/name="remember_me"[^>]* checked/);
    });

    it('informs suspended members, and ends their sessions', async () => {
      const member = await host.member();
      const user = await host.running.microblog.accounts.show(operator, member.nickname);
      await host.running.storage.users.update(user.id, { suspendedAt: new Date() });
      expect(valueIn((await member.get('/')).text, 'body')).toBeNull();
      const { status, text } = await host.visitor({ language }).signIn(member.nickname);
      expect([status, alertOf(text)]).toEqual([403, error('account_suspended')]);
    });
  });
}
