import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { faultAt, flashOf, tags, textOf } from '../support/html.ts';
import { postOffice } from '../support/post-office.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const { t, field } = texts('en');

export function accountDeletionSuite(open: OpenHost): void {
  describe('deleting one’s account', () => {
    const mailer = postOffice();
    const host = useHost(open, { mailer });

    it('is for members', async () => {
      const answer = await host.visitor().submit('/settings/delete', { password: PASSWORD });
      expect(answer.location).toMatch(/^\/login/);
    });

    it('deletes profile, posts and sessions; the nickname is free', async () => {
      const [member, other] = [await host.member(), await host.member()];
      const email = `${member.nickname}@example.org`;
      const own = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      await member.submit(own, {}, own);
      await member.submit('/posts', { body: 'soon gone' });
      await member.submit(`/user/${other.nickname}/follow`, {}, `/user/${other.nickname}`);
      const elsewhere = host.visitor();
      await elsewhere.signIn(member.nickname);
      const answer = await member.submit('/settings/delete', { password: PASSWORD }, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/']);
      const home = await member.get('/');
      expect(flashOf(home.text)).toBe(t('flash.account_deleted'));
      expect(home.text).not.toContain('soon gone');
      expect((await member.get('/settings')).location).toBe('/login?next=%2Fsettings');
      expect((await elsewhere.get('/settings')).location).toBe('/login?next=%2Fsettings');
      expect((await other.get(`/user/${member.nickname}`)).status).toBe(404);
      expect(textOf((await other.get(`/user/${other.nickname}`)).text)).toContain('0 followers');
      expect((await host.visitor().signIn(member.nickname)).status).toBe(401);
      await mailer.mailTo(email, /was deleted/);
      expect((await host.visitor().register(member.nickname)).status).toBe(303);
    });

    it('asks in place, and marks a wrong password', async () => {
      const member = await host.member();
      const answer = await member.submit('/settings/delete', { password: 'wrong horse' }, '/settings');
      expect(answer.status).toBe(422);
      expect(textOf(answer.text)).toContain(field('password', 'wrong_password'));
      const open = tags(answer.text, 'details').filter(({ attributes }) => 'open' in attributes);
      expect(open.map(({ attributes }) => attributes.class)).toEqual(['settings-more settings-danger']);
      expect((await member.get('/settings')).status).toBe(200);
    });

    it('is confirmed by the nickname if the account has no password', async () => {
      const member = await host.member();
      const { storage } = host.running;
      // The same account, without its password.
      const user = (await storage.users.findByNickname(member.nickname)) ?? expect.fail('nobody');
      await storage.users.delete(user.id);
      await storage.users.insert(user);
      const wrong = await member.submit('/settings/delete', { nickname: 'x' }, '/settings');
      expect([wrong.status, faultAt(wrong.text, 'nickname')]).toEqual([
        422,
        field('nickname', 'wrong_nickname'),
      ]);
      const answer = await member.submit('/settings/delete', { nickname: member.nickname }, '/settings');
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(await storage.users.findByNickname(member.nickname)).toBeNull();
    });

    it('is refused to the last administrator, with the reason', async () => {
      const member = await host.member();
      await host.running.microblog.accounts.setRole(operator, member.nickname, 'admin');
      const answer = await member.submit('/settings/delete', { password: PASSWORD }, '/settings');
      expect(answer.status).toBe(409);
      expect(textOf(answer.text)).toContain(texts('en').error('last_admin'));
      expect((await member.get('/settings')).status).toBe(200);
    });
  });
}
