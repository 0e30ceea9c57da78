import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { alertOf, flashOf, textOf } from '../support/html.ts';
import { postOffice } from '../support/post-office.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD } from '../support/visitor.ts';

const t = texts('en').t;

export function mailLinksSuite(open: OpenHost): void {
  describe('a link in a mail', () => {
    const mailer = postOffice();
    const host = useHost(open, { mailer });

    /** A person with a confirmed address, as mails about followers require. */
    async function member() {
      const person = await host.member();
      const email = `${person.nickname}@example.org`;
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      await person.submit(link, {}, link);
      return person;
    }

    async function followed() {
      const [mary, john] = [await member(), await host.member()];
      await john.submit(`/user/${mary.nickname}/follow`, {}, `/user/${mary.nickname}`);
      const { headers } = await mailer.mailTo(`${mary.nickname}@example.org`, /is now following you/);
      const [, link = ''] = /(\/unsubscribe\/[^>]+)>/.exec(headers?.['List-Unsubscribe'] ?? '') ?? [];
      const mailOnFollow = async () =>
        (await host.running.microblog.accounts.show(operator, mary.nickname)).settings.mailOnFollow;
      return { mary, john, link, mailOnFollow };
    }

    it('is mentioned to newly registered people', async () => {
      const member = await host.member();
      expect(flashOf((await member.get('/')).text)).toBe(
        t('flash.registered_mail', { nickname: member.nickname }),
      );
    });

    it('confirms the address of a new account, without signing in', async () => {
      const { nickname } = await host.member();
      const link = await mailer.linkTo(`${nickname}@example.org`, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const visitor = host.visitor();
      const page = await visitor.get(link);
      expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
        ...[200, 'no-store, no-transform', 'no-referrer'],
      ]);
      expect(textOf(page.text)).toContain(t('mail_link.confirm_email.text', { nickname }));
      const user = () => host.running.storage.users.findByNickname(nickname);
      expect((await user())?.emailVerifiedAt).toBeNull();
      const answer = await visitor.submit(link, {}, link);
      expect([answer.status, textOf(answer.text)]).toEqual([
        200,
        expect.stringContaining(t('mail_link.confirm_email.done', { nickname })),
      ]);
      expect((await user())?.emailVerifiedAt).not.toBeNull();
      expect((await visitor.get('/settings')).location).toBe('/login?next=%2Fsettings');
      expect((await visitor.submit(link, {}, link)).status).toBe(410);
    });

    it.each(['en', 'es'])(
      'that was used says that the address is confirmed already, in %s',
      async (language) => {
        const person = await host.member({ language });
        const confirm = language === 'es' ? /^Confirma/ : /^Confirm/;
        const link = await mailer.linkTo(
          `${person.nickname}@example.org`,
          confirm,
          /\/confirm-email\/[\w-]{43}/,
        );
        await person.submit(link, {}, link);
        for (const reader of [person, host.visitor({ language })]) {
          const { status, text } = await reader.get(link);
          const { errorTitle } = texts(language);
          expect([status, textOf(text)]).toEqual([
            410,
            expect.stringContaining(errorTitle('already_confirmed')),
          ]);
        }
      },
    );

    it('shows at once that a link was used, or is invalid', async () => {
      const { nickname } = await host.member();
      const link = await mailer.linkTo(`${nickname}@example.org`, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      await host.visitor().submit(link, {}, link);
      for (const path of [link, `/confirm-email/${'A'.repeat(43)}`, '/confirm-email/x']) {
        const { status, text } = await host.visitor().get(path);
        expect([status, textOf(text)]).toEqual([410, expect.not.stringContaining(nickname)]);
      }
    });

    it('names the account of a change if another account is signed in', async () => {
      const [owner, other] = [await host.member(), await host.member()];
      const email = `named.${owner.nickname}@example.org`;
      await owner.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const { nickname } = owner;
      expect(textOf((await other.get(link)).text)).toContain(t('mail_link.confirm_email.text', { nickname }));
    });

    it('shows a message if another account is signed in, and stays valid for its own', async () => {
      const [owner, other] = [await host.member(), await host.member()];
      const email = `new.${owner.nickname}@example.org`;
      await owner.submit('/settings/email', { email, password: PASSWORD }, '/settings');
      const link = await mailer.linkTo(email, /Confirm/, /\/confirm-email\/[\w-]{43}/);
      const answer = await other.submit(link, {}, link);
      const { nickname } = other;
      expect([answer.status, alertOf(answer.text)]).toEqual([
        ...[403, t('mail_link.confirm_email.other_account', { nickname })],
      ]);
      const visitor = host.visitor();
      const next = `/login?next=${encodeURIComponent(link)}`;
      expect((await visitor.submit(link, {}, link)).location).toBe(next);
      expect((await owner.submit(link, {}, link)).location).toBe('/settings');
    });

    it('ends mails about followers on a button, not by being looked at', async () => {
      const { link, mailOnFollow } = await followed();
      const visitor = host.visitor();
      const page = await visitor.get(link);
      expect(textOf(page.text)).toContain(t('mail_link.unsubscribe.text'));
      expect(page.text).toContain('/settings">');
      expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
        'no-store, no-transform',
        'no-referrer',
      ]);
      expect(await mailOnFollow()).toBe(true);
      const answer = await visitor.submit(link, {}, link);
      expect(textOf(answer.text)).toContain(t('mail_link.unsubscribe.done'));
      expect(await mailOnFollow()).toBe(false);
      expect(textOf((await visitor.get(link)).text)).toContain(t('mail_link.unsubscribe.done'));
    });

    it('ends them with one click of a mail program, which has no page and no cookie', async () => {
      const { link, mailOnFollow } = await followed();
      const answer = await host.visitor().send(link, { 'List-Unsubscribe': 'One-Click' });
      expect([answer.status, await mailOnFollow()]).toEqual([200, false]);
    });

    it('sends no such mail afterwards', async () => {
      const { mary, link } = await followed();
      await host.visitor().send(link, {});
      const [jane, jack] = [await host.member(), await member()];
      await jane.submit(`/user/${mary.nickname}/follow`, {}, `/user/${mary.nickname}`);
      await jane.submit(`/user/${jack.nickname}/follow`, {}, `/user/${jack.nickname}`);
      await mailer.mailTo(`${jack.nickname}@example.org`, /is now following you/);
      const toMary = mailer.sent.filter(({ to }) => to.includes(`${mary.nickname}@example.org`));
      expect(toMary.filter(({ subject }) => subject.startsWith(jane.nickname))).toEqual([]);
    });

    it.each(['42', '42.x', 'x'])('is not found if it was not issued here: /unsubscribe/%s', async (token) => {
      expect((await host.visitor().get(`/unsubscribe/${token}`)).status).toBe(404);
      expect((await host.visitor().send(`/unsubscribe/${token}`, {})).status).toBe(404);
    });
  });
}
