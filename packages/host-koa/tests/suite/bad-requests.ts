import { connect } from 'node:net';
import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, SECRET_KEY, useHost } from '../support/host.ts';
import { alertOf, faultAt, textOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD, type RequestOptions, type Visitor, visitor } from '../support/visitor.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const TOO_LARGE = `body=${'x'.repeat(64 * 1024)}`;

/** The ways in which a form is not from a page of this browser and sign-in. */
const strangers: [how: string, token: (own: Visitor, other: Visitor) => Promise<string>][] = [
  ['without a token', async () => ''],
  ['with a token that is made up', async () => `${'A'.repeat(12)}.${'A'.repeat(43)}`],
  ['with the token of another browser', async (_own, other) => other.token('/explore')],
  [
    'with a token of which a letter is changed',
    async (own) => (await own.token('/explore')).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
  ],
];

const NO_TEXT: [what: string, request: RequestOptions, status: number, code: string][] = [
  ['with half a surrogate pair', { headers: FORM, body: 'body=%ED%A0%80' }, 400, 'malformed_body'],
  ['with escapes that are none', { headers: FORM, body: 'body=100%' }, 400, 'malformed_body'],
];

export function badRequestsSuite(open: OpenHost): void {
  const isOwn = open.signIn === 'own';

  describe.each(['en', 'es'])('a form in %s', (language) => {
    const host = useHost(open);
    const { errorTitle, t } = texts(language);

    it.each(strangers)('%s is refused in the composer, which keeps the text', async (_how, token) => {
      const [member, other] = [await host.member({ language }), await host.member()];
      const before = await host.written();
      const answer = await member.send('/posts', { _csrf: await token(member, other), body: 'typed text' });
      expect([answer.status, valueIn(answer.text, 'body')]).toEqual([403, 'typed text']);
      const { nickname } = member;
      expect(faultAt(answer.text, 'body')).toBe(t('errors:situations.composer_shown_again', { nickname }));
      expect(await host.written()).toEqual(before);
    });

    if (isOwn) {
      it.each(strangers)(
        '%s is refused on the pages of accounts, which keep what was typed',
        async (_how, token) => {
          const [newcomer, other] = [host.visitor({ language }), host.visitor()];
          const before = await host.written();
          const typed = { nickname: 'john', email: 'john@example.org', password: PASSWORD };
          const register = await newcomer.send('/register', {
            _csrf: await token(newcomer, other),
            ...typed,
          });
          const sendAgain = t('errors:situations.form_shown_again');
          expect([register.status, alertOf(register.text)]).toEqual([403, sendAgain]);
          expect(['nickname', 'email', 'password'].map((name) => valueIn(register.text, name))).toEqual([
            'john',
            'john@example.org',
            '',
          ]);
          const login = await newcomer.send('/login', {
            _csrf: await token(newcomer, other),
            login: 'john',
            password: PASSWORD,
          });
          expect([login.status, alertOf(login.text)]).toEqual([403, sendAgain]);
          expect([valueIn(login.text, 'login'), valueIn(login.text, 'password')]).toEqual(['john', '']);
          expect(newcomer.cookies.has('microblog_session')).toBe(false);
          expect(await host.written()).toEqual(before);
        },
      );
    }

    it.each(strangers)('%s is refused everywhere else with a page that says why', async (_how, token) => {
      const [member, other] = [await host.member({ language }), await host.member()];
      const user = await host.running.microblog.accounts.show(operator, member.nickname);
      const { id } = await host.running.microblog.posts.publish(user, { body: 'stays' });
      for (const path of [
        `/posts/${id}/delete`,
        `/user/${other.nickname}/follow`,
        ...(isOwn ? ['/logout'] : []),
        '/language',
        '/theme',
      ]) {
        const { status, text } = await member.send(path, {
          _csrf: await token(member, other),
          language: 'es',
        });
        expect([path, status, textOf(text)]).toEqual([
          path,
          403,
          expect.stringContaining(t('errors:codes.csrf_failed.title')),
        ]);
      }
      expect(await host.running.storage.posts.find(id)).not.toBeNull();
      expect(await host.running.microblog.accounts.show(operator, other.nickname)).toMatchObject({
        followerCount: 0,
      });
      expect(valueIn((await member.get('/')).text, 'body')).toBe('');
    });

    it('sent again as it is shown after a refusal, is taken', async () => {
      const member = await host.member({ language });
      const { text } = await member.send('/posts', { body: 'typed text' });
      const answer = await member.send('/posts', {
        _csrf: valueIn(text, '_csrf') ?? '',
        body: valueIn(text, 'body') ?? '',
      });
      expect(answer.status).toBe(303);
    });

    if (isOwn) {
      it('from an expired session is refused with an explanation', async () => {
        const member = await host.member({ language });
        const token = await member.token('/');
        await member.submit('/logout');
        const before = await host.written();
        const { status, text } = await member.send('/posts', { _csrf: token, body: 'late' });
        expect([status, textOf(text)]).toEqual([
          403,
          expect.stringContaining(t('errors:codes.sign_in_required.title')),
        ]);
        expect(await host.written()).toEqual(before);
      });
    }

    it.each([
      ['of more than 64 KB', { headers: FORM, body: TOO_LARGE }, 413, 'body_too_large'],
      [
        'in JSON',
        { headers: { 'Content-Type': 'application/json' }, body: '{"body":"Hello"}' },
        415,
        'unsupported_media_type',
      ],
      [
        'in parts',
        { headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: '--x--' },
        415,
        'unsupported_media_type',
      ],
      ['without a body', {}, 415, 'unsupported_media_type'],
      ...(open.around.formsAsSent === false ? [] : NO_TEXT),
    ])(
      '%s is refused with a page that says why, and writes nothing',
      async (_what, request, status, code) => {
        const member = await host.member({ language });
        const before = await host.written();
        for (const path of ['/posts', '/theme', ...(isOwn ? ['/login', '/register', '/logout'] : [])]) {
          const answer = await member.request(path, { method: 'POST', ...request });
          expect([path, answer.status, textOf(answer.text)]).toEqual([
            path,
            status,
            expect.stringContaining(errorTitle(code)),
          ]);
        }
        expect(await host.written()).toEqual(before);
      },
    );
  });

  describe('a body that is too large', () => {
    const host = useHost(open);

    it('is also refused without a Content-Length, and the next request is answered', async () => {
      const chunk = new TextEncoder().encode('x'.repeat(16 * 1024));
      const member = await host.member();
      for (let round = 0; round < 3; round++) {
        let sent = 0;
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent++ < 20) controller.enqueue(chunk);
            else controller.close();
          },
        });
        const answer = await member.request('/posts', { method: 'POST', headers: FORM, body });
        expect(answer.status).toBe(413);
        expect((await member.get('/')).status).toBe(200);
      }
    });

    it('is refused for a program in JSON', async () => {
      const answer = await host.visitor().request('/posts', {
        method: 'POST',
        headers: { ...FORM, Accept: 'application/json' },
        body: TOO_LARGE,
      });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([413, 'body_too_large']);
    });
  });

  describe('a form that breaks off', () => {
    const host = useHost(open);

    it('is not logged as a fault, and the server continues', async () => {
      const { hostname, port, pathname } = new URL(`${host.running.url}/posts`);
      const socket = connect(Number(port), hostname);
      socket.write(`POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 50\r\n`);
      socket.write('Content-Type: application/x-www-form-urlencoded\r\n\r\nbody=');
      await new Promise((sent) => socket.write('jo', sent));
      await new Promise((closed) => socket.once('close', closed).destroy());
      expect((await host.visitor().get('/explore')).status).toBe(200);
    });
  });

  describe('two hosts in one process', () => {
    const host = useHost(open);
    const other = useHost(open, { app: { secretKeys: ['another key altogether'], languages: ['es'] } });
    const rotated = useHost(open, { app: { secretKeys: ['another key altogether', SECRET_KEY] } });

    if (isOwn) {
      it('share no session, no token and no language', async () => {
        const member = await host.member();
        const there = visitor(other.running.url);
        for (const [name, value] of member.cookies) there.cookies.set(name, value);
        const home = await there.get('/');
        expect(home.text).toContain('lang="es"');
        expect(valueIn(home.text, 'body')).toBeNull();
        const refused = await there.send('/theme', {
          _csrf: await host.visitor().token('/explore'),
          theme: 'dark',
        });
        expect(refused.status).toBe(403);
      });
    }

    it('accept each other’s forms if they share a key and the browser', async () => {
      const here = host.visitor();
      const token = await here.token('/explore');
      const there = visitor(rotated.running.url);
      for (const [name, value] of here.cookies) there.cookies.set(name, value);
      expect((await there.send('/theme', { _csrf: token, theme: 'dark' })).status).toBe(303);
    });
  });
}
