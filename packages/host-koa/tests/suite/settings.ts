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
      for (const path of [
        'email',
        'email/cancel',
        'password',
        'choices',
        'confirmation',
        'sign-out-everywhere',
      ]) {
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

    it.each([
      ['stays signed in if chosen', '1'],
      ['is signed in until it is closed otherwise', ''],
    ])('change the password, and the browser %s', async (_, remember) => {
      const { nickname } = await host.member();
      const visitor = host.visitor();
      await visitor.signIn(nickname, { remember_me: remember });
      const fields = { current_password: PASSWORD, password: 'another horse battery' };
      const answer = await visitor.submit('/settings/password', fields, '/settings');
      const { expires } = answer.setCookies.get('microblog_session')?.attributes ?? {};
      expect(expires !== undefined && Date.parse(expires) > Date.now() + 29 * 86_400_000).toBe(
        remember === '1',
      );
    });

    it('say that mails about followers wait for a confirmed address', async () => {
      const member = await host.member();
      const page = async () => textOf((await member.get('/settings')).text);
      expect(await page()).toContain(t('settings.mail_on_follow_later'));
      const link = await mailer.linkTo(
        `${member.nickname}@example.org`,
        /Confirm/,
        /\/confirm-email\/[\w-]{43}/,
      );
      await member.submit(link, {}, link);
      expect(await page()).not.toContain(t('settings.mail_on_follow_later'));
    });

    it('keep the password if the current one is wrong, and mark the field', async () => {
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
      const [old, email] = [`${member.nickname}@example.org`, `new.${member.nickname}@example.org`];
      const own = await mailer.linkTo(old, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      await member.submit(own, {}, own);
      const answer = await member.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/settings']);
      const before = await member.get('/settings');
      expect(flashOf(before.text)).toBe(t('flash.email_pending'));
      expect(textOf(before.text)).toContain(`${old} Confirmed`);
      expect(textOf(before.text)).toContain(t('settings.email_pending', { email }));
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const confirmed = await member.submit(link, {}, link);
      expect([confirmed.status, confirmed.location]).toEqual([303, '/settings']);
      const after = await member.get('/settings');
      expect(textOf(after.text)).toContain(`${email} Confirmed`);
      expect(textOf(after.text)).not.toContain(t('settings.email_cancel'));
      await mailer.mailTo(old, /address .* was changed/);
    });

    it('undo a change of the address', async () => {
      const member = await host.member();
      const email = `new.${member.nickname}@example.org`;
      await member.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const answer = await member.submit('/settings/email/cancel', {}, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/settings']);
      const page = await member.get('/settings');
      expect(flashOf(page.text)).toBe(t('flash.email_change_cancelled'));
      expect(textOf(page.text)).not.toContain(email);
      expect((await member.submit(link, {}, link)).status).toBe(410);
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
      const first = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      // The state after the first link has expired; before that, a second mail must wait two minutes.
      const { users, accountTokens } = host.running.storage;
      const user = await users.findByNickname(member.nickname);
      await accountTokens.deleteByUser(user?.id ?? expect.fail('nobody there'), 'confirm_email');
      expect((await member.submit('/settings/confirmation', {}, '/settings')).status).toBe(303);
      const links = () =>
        mailer.sent.flatMap(({ to, text }) =>
          to.includes(email) ? (text.match(/\/confirm-email\/[\w-]{43}/) ?? []) : [],
        );
      await expect.poll(links).toEqual([first, expect.any(String)]);
      expect(links()[1]).not.toBe(first);
    });

    it('end mails about followers, and resume them', async () => {
      const member = await host.member();
      await member.submit('/settings/choices', { group: 'mails' }, '/settings');
      const stored = () => host.running.storage.users.findByNickname(member.nickname);
      expect(await stored()).toMatchObject({ settings: { mailOnFollow: false } });
      await member.submit('/settings/choices', { group: 'mails', mail_on_follow: '1' }, '/settings');
      expect(await stored()).toMatchObject({ settings: { mailOnFollow: true } });
    });

    it('store nothing if a form is saved as it is shown', async () => {
      const member = await host.member();
      await member.submit('/settings/choices', { group: 'mails', mail_on_follow: '1' }, '/settings');
      const stored = await host.running.storage.users.findByNickname(member.nickname);
      expect(stored?.settings).toEqual({});
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

  describe('settings if no mail can be sent', () => {
    const host = useHost(open);

    it('show a message, and change the address at once', async () => {
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
