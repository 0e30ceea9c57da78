import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { faultAt, flashOf, formActions, textOf, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import { type Fields, PASSWORD } from '../support/visitor.ts';

type Case = [
  title: string,
  fields: Fields,
  field: string,
  ...problem: Parameters<ReturnType<typeof texts>['field']> extends [string, ...infer Rest] ? Rest : never,
];

/** Each entry is one fault in a form that is otherwise valid. */
const faults: Case[] = [
  ['no nickname', { nickname: '' }, 'nickname', 'required'],
  ['a nickname of white space', { nickname: ' \t ' }, 'nickname', 'required'],
  ['a nickname with a space', { nickname: 'john doe' }, 'nickname', 'nickname_characters'],
  ['a nickname with an accent', { nickname: 'josé' }, 'nickname', 'nickname_characters'],
  ['a nickname of another script', { nickname: 'иван' }, 'nickname', 'nickname_characters'],
  ['a nickname with NUL', { nickname: 'john\0' }, 'nickname', 'nickname_characters'],
  ['a nickname of markup', { nickname: '"><script>' }, 'nickname', 'nickname_characters'],
  ['a nickname of dots', { nickname: '..' }, 'nickname', 'nickname_only_dots'],
  ['a nickname of 65 characters', { nickname: 'a'.repeat(65) }, 'nickname', 'too_long', { max: 64 }],
  ['a reserved nickname', { nickname: 'Ad.min' }, 'nickname', 'nickname_reserved'],
  ['another case of a taken nickname', { nickname: 'TAKEN' }, 'nickname', 'taken'],
  ['no e-mail', { email: '' }, 'email', 'required'],
  ['an invalid e-mail', { email: 'nowhere' }, 'email', 'email_malformed'],
  ['an e-mail with NUL', { email: 'a\0@example.org' }, 'email', 'email_malformed'],
  ['another case of a taken e-mail', { email: 'TAKEN@Example.org' }, 'email', 'taken'],
  ['no password', { password: '' }, 'password', 'required'],
  ['a short password', { password: '1234567' }, 'password', 'too_short', { min: 8 }],
  ['a password of 129 characters', { password: 'p'.repeat(129) }, 'password', 'too_long', { max: 128 }],
  ['a password with NUL', { password: 'nul\0nul\0nul' }, 'password', 'unusable_characters'],
];

export function registrationSuite(open: OpenHost): void {
  describe('registering', () => {
    const host = useHost(open);

    it('makes an account, signs in and welcomes', async () => {
      const john = host.visitor();
      const answer = await john.register('john');
      expect([answer.status, answer.location]).toEqual([303, '/']);
      const home = await john.get('/');
      expect(flashOf(home.text)).toBe(texts('en').t('flash.registered', { nickname: 'john' }));
      expect(valueIn(home.text, 'body')).toBe('');
    });

    it("remembers the browser's language for the account", async () => {
      const maria = host.visitor({ language: 'es-UY,es' });
      await maria.register('maria');
      expect(await host.running.storage.users.findByNickname('maria')).toMatchObject({ locale: 'es' });
    });

    it('takes a nickname of 64 characters, and white space around fields', async () => {
      const nickname = 'x'.repeat(64);
      const answer = await host.visitor().register(` ${nickname} `, { email: ' long@example.org ' });
      expect(answer.status).toBe(303);
      expect(await host.running.storage.users.findByNickname(nickname)).toMatchObject({
        email: 'long@example.org',
      });
    });

    it.each([
      ['idn@россия.рф', 'idn@xn--h1alffa9f.xn--p1ai'],
      ['a&b@example.org', 'a&b@example.org'],
      ['user/dept@example.org', 'user/dept@example.org'],
      ['a=b@example.org', 'a=b@example.org'],
      ['ada~1@example.org', 'ada~1@example.org'],
      ['SRS0=abc=x@example.org', 'SRS0=abc=x@example.org'],
    ])('takes the address %s', async (email, stored) => {
      const visitor = host.visitor();
      const nickname = `n${stored.replace(/[^a-z0-9]/gi, (sign) => String(sign.charCodeAt(0)))}`;
      expect((await visitor.register(nickname, { email })).status).toBe(303);
      expect(await host.running.storage.users.findByNickname(nickname)).toMatchObject({ email: stored });
      const again = host.visitor();
      expect((await again.signIn(email)).status).toBe(303);
      expect(textOf((await again.get('/settings')).text)).toContain(email);
    });

    it('has nothing to offer to members', async () => {
      const member = await host.member();
      const answer = await member.get('/register');
      expect([answer.status, answer.location]).toEqual([303, '/']);
    });

    it('names all fields at fault at once', async () => {
      const { status, text } = await host.visitor().register('', { email: '', password: '' });
      expect(status).toBe(422);
      const { field } = texts('en');
      expect(['nickname', 'email', 'password'].map((name) => faultAt(text, name))).toEqual([
        field('nickname', 'required'),
        field('email', 'required'),
        field('password', 'required'),
      ]);
    });
  });

  describe.each(['en', 'es'])('registering in %s with', (language) => {
    const host = useHost(open);

    it.each(faults)(
      '%s says so at the field, keeps what was typed and writes nothing',
      async (_title, fields, field, problem, params) => {
        await host.visitor().register('taken');
        const before = await host.written();
        const typed = { nickname: 'newcomer', email: 'newcomer@example.org', password: PASSWORD, ...fields };
        const { status, text } = await host.visitor({ language }).submit('/register', typed);
        expect(status).toBe(422);
        expect(faultAt(text, field)).toBe(texts(language).field(field, problem, params));
        expect([valueIn(text, 'nickname'), valueIn(text, 'email')]).toEqual([typed.nickname, typed.email]);
        expect(valueIn(text, 'password')).toBe('');
        expect(await host.written()).toEqual(before);
      },
    );
  });

  describe('registering if registration is closed', () => {
    const host = useHost(open, { microblog: { registration: 'closed' } });

    it('is refused with a reason, and writes nothing', async () => {
      const stranger = host.visitor();
      const page = await stranger.get('/register');
      expect(page.status).toBe(403);
      expect(textOf(page.text)).toContain(texts('en').t('errors:codes.registration_closed.title'));
      const token = await stranger.token('/login');
      const answer = await stranger.send('/register', {
        _csrf: token,
        nickname: 'john',
        email: 'a@example.org',
        password: PASSWORD,
      });
      expect(answer.status).toBe(403);
      expect(await host.written()).toEqual([]);
    });

    it('is offered nowhere', async () => {
      for (const path of ['/', '/explore', '/login']) {
        const { text } = await host.visitor().get(path);
        expect(text).not.toMatch(/href="[^"]*\/register"/);
        expect(formActions(text).some((action) => action.endsWith('/register'))).toBe(false);
      }
    });
  });
}
