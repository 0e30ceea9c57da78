import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { faultAt, flashOf, textOf, valueIn } from '../support/html.ts';
import { postOffice } from '../support/post-office.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const t = texts('en').t;

export function settingsSuite(open: OpenHost): void {
  describe('settings', () => {
    const mailer = postOffice();
    const host = useHost(open, { mailer });

    it('are for members', async () => {
      const visitor = host.visitor();
      expect((await visitor.get('/settings')).location).toBe('/login?next=%2Fsettings');
      for (const path of ['email', 'password', 'mails', 'confirmation', 'sign-out-everywhere']) {
        expect((await visitor.submit(`/settings/${path}`, { password: PASSWORD })).location, path).toMatch(
          /^\/login/,
        );
      }
    });

    it('are led to from every page', async () => {
      const member = await host.member();
      expect((await member.get('/explore')).text).toContain('/settings"');
      expect((await host.visitor().get('/explore')).text).not.toContain('/settings"');
    });

    it('change the password, and keep this browser signed in, and no other', async () => {
      const member = await host.member();
      const elsewhere = host.visitor();
      await elsewhere.signIn(member.nickname);
      const fields = { current_password: PASSWORD, password: 'another horse battery' };
      const answer = await member.submit('/settings/password', fields, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/settings']);
      const page = await member.get('/settings');
      expect([page.status, flashOf(page.text)]).toEqual([200, t('flash.password_changed')]);
      expect((await elsewhere.get('/settings')).location).toBe('/login?next=%2Fsettings');
    });

    it('keep the password where the current one is wrong, and show where', async () => {
      const member = await host.member();
      const fields = { current_password: 'wrong horse battery', password: 'another horse battery' };
      const answer = await member.submit('/settings/password', fields, '/settings');
      expect(answer.status).toBe(422);
      expect(faultAt(answer.text, 'current_password')).toBe(
        texts('en').field('currentPassword', 'wrong_password'),
      );
      expect(answer.text).not.toContain('another horse battery');
      expect((await host.visitor().signIn(member.nickname)).status).toBe(303);
    });

    it('change the address when the link to the new one is followed', async () => {
      const member = await host.member();
      const email = `new.${member.nickname}@example.org`;
      const answer = await member.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/settings']);
      const before = await member.get('/settings');
      expect(flashOf(before.text)).toBe(t('flash.email_pending'));
      expect(textOf(before.text)).toContain(`${member.nickname}@example.org Not confirmed`);
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const confirmed = await member.submit(link, {}, link);
      expect([confirmed.status, confirmed.location]).toEqual([303, '/settings']);
      expect(textOf((await member.get('/settings')).text)).toContain(`${email} Confirmed`);
      await mailer.mailTo(`${member.nickname}@example.org`, /address .* was changed/);
    });

    it('show the address again that could not be taken', async () => {
      const [member, other] = [await host.member(), await host.member()];
      const email = `${other.nickname}@example.org`;
      const taken = await member.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      expect([taken.status, valueIn(taken.text, 'email')]).toEqual([422, email]);
      expect(faultAt(taken.text, 'email')).toBe(texts('en').field('email', 'taken'));
      const wrong = await member.submit(
        '/settings/email',
        { email: 'a@example.org', password: 'x' },
        '/settings',
      );
      expect(wrong.status).toBe(422);
      expect(textOf(wrong.text)).toContain(texts('en').field('password', 'wrong_password'));
    });

    it('send the link to confirm an address again', async () => {
      const member = await host.member();
      const email = `${member.nickname}@example.org`;
      await mailer.mailTo(email, /Confirm/);
      const sent = mailer.sent.length;
      expect((await member.submit('/settings/confirmation', {}, '/settings')).status).toBe(303);
      await expect.poll(() => mailer.sent.length).toBe(sent + 1);
    });

    it('end mails about followers, and choose the language of mails', async () => {
      const member = await host.member();
      await member.submit('/settings/mails', { language: 'es' }, '/settings');
      const user = await host.running.storage.users.findByNickname(member.nickname);
      expect(user).toMatchObject({ mailOnFollow: false, locale: 'es' });
      await member.submit('/settings/mails', { mail_on_follow: '1', language: 'xx' }, '/settings');
      const again = await host.running.storage.users.findByNickname(member.nickname);
      expect(again).toMatchObject({ mailOnFollow: true, locale: 'es' });
    });

    it('sign out everywhere', async () => {
      const member = await host.member();
      const elsewhere = host.visitor();
      await elsewhere.signIn(member.nickname);
      const answer = await member.submit('/settings/sign-out-everywhere', {}, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(flashOf((await member.get('/')).text)).toBe(t('flash.signed_out_everywhere'));
      expect((await member.get('/settings')).location).toBe('/login?next=%2Fsettings');
      expect((await elsewhere.get('/settings')).location).toBe('/login?next=%2Fsettings');
    });
  });

  describe('settings where no mail can be sent', () => {
    const host = useHost(open);

    it('say so, and change the address at once', async () => {
      const member = await host.member();
      expect(textOf((await member.get('/settings')).text)).toContain(t('settings.mail_off'));
      const email = `new.${member.nickname}@example.org`;
      await member.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      const page = await member.get('/settings');
      expect(flashOf(page.text)).toBe(t('flash.email_changed'));
      expect(textOf(page.text)).toContain(`${email} Not confirmed`);
    });
  });
}
