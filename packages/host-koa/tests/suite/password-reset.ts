import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { faultAt, flashOf, textOf } from '../support/html.ts';
import { postOffice } from '../support/post-office.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const NEW_PASSWORD = 'another horse battery';

export function passwordResetSuite(open: OpenHost): void {
  describe('a forgotten password', () => {
    const mailer = postOffice();
    const host = useHost(open, { mailer });
    const linkOf = (nickname: string) =>
      mailer.linkTo(`${nickname}@example.org`, /Reset your password/, /\/reset-password\/[\w-]{43}/);

    it('is asked for from the sign-in page', async () => {
      expect((await host.visitor().get('/login')).text).toContain('/reset-password"');
    });

    it('is reset by the link in a mail, which signs in', async () => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      const asked = await visitor.submit('/reset-password', { email: `${nickname}@example.org` });
      expect(asked.status).toBe(200);
      expect(textOf(asked.text)).toContain('a link is on its way');
      const link = await linkOf(nickname);
      const page = await visitor.get(link);
      expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
      expect(page.headers.get('cache-control')).toBe('no-store, no-transform');
      expect(textOf(page.text)).toContain(`New password for ${nickname}`);
      const answer = await visitor.submit(link, { password: NEW_PASSWORD }, link);
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(flashOf((await visitor.get('/')).text)).toBe(texts('en').t('flash.password_changed'));
      expect((await host.visitor().signIn(nickname, { password: PASSWORD })).status).toBe(401);
      expect((await host.visitor().signIn(nickname, { password: NEW_PASSWORD })).status).toBe(303);
    });

    it('signs everybody else out', async () => {
      const member = await host.member();
      const visitor = host.visitor();
      await visitor.submit('/reset-password', { email: `${member.nickname}@example.org` });
      const link = await linkOf(member.nickname);
      await visitor.submit(link, { password: NEW_PASSWORD }, link);
      expect((await member.get('/settings')).location).toBe('/login?next=%2Fsettings');
    });

    it('answers the same for an unknown address', async () => {
      const { nickname } = await host.member();
      const answers = await Promise.all(
        [`${nickname}@example.org`, 'nobody@example.org'].map(async (email) => {
          const { status, text } = await host.visitor().submit('/reset-password', { email });
          return [status, textOf(text).replaceAll(email, '…')];
        }),
      );
      expect(answers[0]?.[0]).toBe(200);
      expect(answers[0]?.[1]).toContain('…');
      expect(answers[1]).toEqual(answers[0]);
    });

    it('accepts a link once', async () => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      await visitor.submit('/reset-password', { email: `${nickname}@example.org` });
      const link = await linkOf(nickname);
      const other = await host.visitor();
      const token = await other.token(link);
      await visitor.submit(link, { password: NEW_PASSWORD }, link);
      expect((await visitor.get(link)).status).toBe(410);
      const again = await other.send(link, { _csrf: token, password: 'third horse battery' });
      expect(again.status).toBe(410);
      expect(textOf(again.text)).toContain(texts('en').t('errors:codes.token_invalid.title'));
    });

    it.each(['x', 'A'.repeat(43), '%00'])('has no page for the link %s', async (token) => {
      expect((await host.visitor().get(`/reset-password/${token}`)).status).toBe(410);
    });

    it('shows the form again for a password that is too short, and for no address', async () => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      const refused = await visitor.submit('/reset-password', { email: 'nowhere' });
      expect(refused.status).toBe(422);
      expect(faultAt(refused.text, 'email')).toBe(texts('en').field('email', 'email_malformed'));
      await visitor.submit('/reset-password', { email: `${nickname}@example.org` });
      const link = await linkOf(nickname);
      const short = await visitor.submit(link, { password: 'short' }, link);
      expect(short.status).toBe(422);
      expect(faultAt(short.text, 'password')).toBe(texts('en').field('password', 'too_short', { min: 8 }));
      expect((await visitor.submit(link, { password: NEW_PASSWORD }, link)).status).toBe(303);
    });

    it('needs a token of its page', async () => {
      const visitor = host.visitor();
      expect((await visitor.send('/reset-password', { email: 'ada@example.org' })).status).toBe(403);
    });
  });

  describe('a forgotten password if no mail can be sent', () => {
    const host = useHost(open);

    it('says so', async () => {
      const visitor = host.visitor();
      const page = await visitor.get('/reset-password');
      expect(textOf(page.text)).toContain('can’t send emails');
      const forced = await visitor.submit('/reset-password', { email: 'ada@example.org' });
      expect(forced.status).toBe(409);
    });
  });
}
