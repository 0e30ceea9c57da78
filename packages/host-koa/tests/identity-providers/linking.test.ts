import { afterAll, describe, expect, it } from 'vitest';
import { hostOpener, useHost } from '../support/host.ts';
import { alertOf, flashOf, formActions, tags, textOf } from '../support/html.ts';
import { oidcProvider } from '../support/oidc-provider.ts';
import { postOffice } from '../support/post-office.ts';
import { identitiesOf, ORIGIN, personAt, settingsOf, signInAt } from '../support/provider-visitor.ts';
import { texts } from '../support/texts.ts';
import { PASSWORD, type Visitor } from '../support/visitor.ts';

const t = texts('en').t;

describe.each(['', '/blog'])('connecting a provider to an account, under "%s"', async (basePath) => {
  const provider = await oidcProvider({ redirectUris: [`${ORIGIN}${basePath}/login/own-id/callback`] });
  const other = await oidcProvider({ redirectUris: [`${ORIGIN}${basePath}/login/other/callback`] });
  afterAll(async () => {
    await provider.close();
    await other.close();
  });
  const identityProviders = [settingsOf(provider, 'Own ID'), settingsOf(other, 'Other')];
  const mailer = postOffice();
  const open = hostOpener({ basePath });
  const host = useHost(open, { mailer, app: { origin: ORIGIN, identityProviders } });

  const person = (subject: string, changes = {}) => personAt([provider, other], subject, changes);
  const link = (visitor: Visitor, slug: string, password?: string) =>
    visitor.submit('/settings/identities', { link: slug, ...(password && { password }) }, '/settings');

  describe('in the settings', () => {
    it('takes a button, and the password; the mail says so, and another button ends it', async () => {
      const own = await host.member({}, 'connects');
      const confirm = await mailer.linkTo('connects@example.org', /Confirm/, /\/confirm-email\/[\w-]{43}/);
      await own.submit(confirm, {}, confirm);
      const answer = await signInAt(host.running, own, '/login/own-id?next=%2Fsettings', person('stranger'));
      expect(answer.location).toBe('/settings');
      const page = await own.get('/settings');
      const question = { provider: 'Own ID', person: 'stranger@example.org' };
      expect(textOf(page.text)).toContain(t('settings.link_question', question));
      for (const wrong of [undefined, 'wrong horse battery']) {
        const refused = await link(own, 'own-id', wrong);
        expect(refused.status).toBe(422);
        expect(textOf(refused.text)).toContain(texts('en').field('password', 'wrong_password'));
        expect(textOf(refused.text)).toContain(t('settings.link_question', question));
      }
      expect(await identitiesOf(host.running, 'connects')).toEqual([]);
      expect((await link(own, 'own-id', PASSWORD)).location).toBe('/settings');
      const after = await own.get('/settings');
      expect(flashOf(after.text)).toBe(t('flash.identity_linked'));
      expect(textOf(after.text)).toContain('Own ID stranger@example.org');
      await mailer.mailTo('connects@example.org', /Another way to sign in/);
      expect((await link(own, 'own-id', PASSWORD)).status).toBe(400);

      await signInAt(host.running, own, '/login/own-id', 'stranger');
      expect(flashOf((await own.get('/settings')).text)).toBe(t('flash.identity_known'));

      const unlink = formActions(after.text).find((action) => action.endsWith('/unlink')) ?? '';
      await own.submit(unlink.slice(basePath.length), {}, '/settings');
      expect(flashOf((await own.get('/settings')).text)).toBe(t('flash.identity_unlinked'));
      expect(await identitiesOf(host.running, 'connects')).toEqual([]);
      await mailer.mailTo('connects@example.org', /A way to sign in .* is gone/);
    });

    it('never connects what is another’s', async () => {
      await signInAt(host.running, host.visitor(), '/login/own-id', person('owner'));
      const own = await host.member({}, 'envious');
      await signInAt(host.running, own, '/login/own-id', 'owner');
      const answer = await link(own, 'own-id', PASSWORD);
      expect([answer.status, alertOf(answer.text)]).toEqual([409, texts('en').error('identity_taken')]);
      expect(formActions(answer.text)).not.toContain(`${basePath}/settings/identities`);
      expect(own.cookies.has('microblog_link')).toBe(false);
    });

    it('leaves the last way in', async () => {
      const visitor = host.visitor();
      await signInAt(host.running, visitor, '/login/own-id', person('only.way'));
      const page = await visitor.get('/settings');
      expect(textOf(page.text)).toContain(t('settings.unlink_last'));
      expect(formActions(page.text).filter((action) => action.endsWith('/unlink'))).toEqual([]);
      const [only] = await identitiesOf(host.running, 'only.way');
      const answer = await visitor.submit(`/settings/identities/${only?.id}/unlink`, {}, '/settings');
      expect([answer.status, (await identitiesOf(host.running, 'only.way')).length]).toEqual([409, 1]);
      await signInAt(host.running, visitor, '/login/other', 'only.way');
      await link(visitor, 'other');
      const unlinked = await visitor.submit(`/settings/identities/${only?.id}/unlink`, {}, '/settings');
      expect([unlinked.status, (await identitiesOf(host.running, 'only.way')).length]).toEqual([303, 1]);
    });

    it('is for members', async () => {
      const visitor = host.visitor();
      for (const path of ['/settings/identities', '/settings/identities/1/unlink']) {
        expect((await visitor.submit(path, { link: 'own-id' })).location).toMatch(/^\/login/);
      }
    });
  });

  describe('of an account without a password', () => {
    it('begins with a provider that is connected, and ends with a button in the settings', async () => {
      const subject = person('passwordless');
      await signInAt(host.running, host.visitor(), '/login/other', subject);
      person('passwordless', { email_verified: false });
      const visitor = host.visitor();
      const asked = await signInAt(host.running, visitor, '/login/own-id?next=%2Fexplore', subject);
      expect(asked.location).toBe('/login?link=own-id&next=%2Fexplore');
      const page = await visitor.get(asked.location ?? '');
      expect(textOf(page.text)).toContain(t('login.link_elsewhere', { provider: 'Own ID' }));
      const ways = tags(page.text, 'a').flatMap(({ attributes: { href = '' } }) =>
        /login\/\w/.test(href) ? [href] : [],
      );
      expect(ways).toEqual([`${basePath}/login/other?next=%2Fsettings`]);

      const signedIn = await signInAt(host.running, visitor, (ways[0] ?? '').slice(basePath.length), subject);
      expect(signedIn.location).toBe('/settings');
      expect(await identitiesOf(host.running, 'passwordless')).toHaveLength(1);
      const settings = await visitor.get('/settings');
      const question = { provider: 'Own ID', person: 'passwordless@example.org' };
      expect(textOf(settings.text)).toContain(t('settings.link_question', question));
      await link(visitor, 'own-id');
      expect(flashOf((await visitor.get('/settings')).text)).toBe(t('flash.identity_linked'));
      expect(await identitiesOf(host.running, 'passwordless')).toHaveLength(2);
      const again = host.visitor();
      await signInAt(host.running, again, '/login/own-id', subject);
      expect(flashOf((await again.get('/')).text)).toBe(t('flash.signed_in', { nickname: 'passwordless' }));
    });

    it('is told that a new password disconnects its providers', async () => {
      const subject = person('resetting');
      await signInAt(host.running, host.visitor(), '/login/other', subject);
      const visitor = host.visitor();
      await visitor.submit('/reset-password', { email: 'resetting@example.org' });
      const reset = await mailer.linkTo(
        'resetting@example.org',
        /Reset your password/,
        /\/reset-password\/[\w-]{43}/,
      );
      expect(textOf((await visitor.get(reset)).text)).toContain(t('new_password.providers'));
      await visitor.submit(reset, { password: PASSWORD }, reset);
      expect(await identitiesOf(host.running, 'resetting')).toEqual([]);
    });
  });

  describe('that waits in a browser', () => {
    const waits = async (visitor: Visitor) =>
      formActions((await visitor.get('/settings')).text).includes(`${basePath}/settings/identities`);

    it('is over when somebody signs out there', async () => {
      for (const path of ['/logout', '/settings/sign-out-everywhere']) {
        const own = await host.member();
        await own.submit('/posts', { body: 'x' }, '/');
        await signInAt(host.running, own, '/login/own-id', person('left'));
        await own.get('/login/other');
        expect([own.cookies.has('microblog_link'), own.cookies.has('microblog_sign_in')]).toEqual([
          true,
          true,
        ]);
        await own.submit(path, {}, '/settings');
        expect([own.cookies.has('microblog_link'), own.cookies.has('microblog_sign_in')]).toEqual([
          false,
          false,
        ]);
      }
    });

    it('is over where it was connected to another account meanwhile, and keeps nobody out', async () => {
      const [own, other, visitor] = [await host.member(), await host.member(), host.visitor()];
      const subject = person(`twice-${own.nickname}`, { email: `${own.nickname}@example.org` });
      await signInAt(host.running, visitor, '/login/own-id', subject);
      expect(visitor.cookies.has('microblog_link')).toBe(true);
      await signInAt(host.running, other, '/login/own-id', subject);
      expect((await link(other, 'own-id', PASSWORD)).status).toBe(303);
      const answer = await visitor.signIn(own.nickname, { link: 'own-id' });
      expect([answer.status, alertOf(answer.text)]).toEqual([409, texts('en').error('identity_taken')]);
      expect(visitor.cookies.has('microblog_link')).toBe(false);
      expect(tags(answer.text, 'input').map(({ attributes }) => attributes.name)).not.toContain('link');
      expect((await visitor.signIn(own.nickname)).status).toBe(303);
    });

    it('is nobody’s but of who was signed in when it began', async () => {
      const [own, other] = [await host.member(), await host.member()];
      await signInAt(host.running, own, '/login/own-id', person('theirs'));
      expect(await waits(own)).toBe(true);
      other.cookies.set('microblog_link', own.cookies.get('microblog_link') ?? '');
      expect(await waits(other)).toBe(false);
      expect((await link(other, 'own-id', PASSWORD)).status).toBe(400);
      const visitor = host.visitor();
      visitor.cookies.set('microblog_link', own.cookies.get('microblog_link') ?? '');
      await visitor.signIn(other.nickname, { link: 'own-id' });
      expect(await identitiesOf(host.running, other.nickname)).toEqual([]);
    });

    it('is not offered once its provider is gone', async () => {
      const own = await host.member({}, 'left.behind');
      await signInAt(host.running, own, '/login/own-id', person('late'));
      const without = await open({ app: { origin: ORIGIN, identityProviders: identityProviders.slice(1) } });
      try {
        const later = await host.running.storage.users.findByNickname('left.behind');
        await without.storage.users.insert({ ...(later ?? expect.fail('nobody there')), role: 'member' });
        const answer = await fetch(`${without.url}/settings`, {
          headers: { Cookie: [...own.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        });
        expect(answer.status).toBe(200);
        expect(formActions(await answer.text())).not.toContain(`${basePath}/settings/identities`);
      } finally {
        await without.close();
      }
    });
  });
});
