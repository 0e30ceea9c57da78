import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { Host } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { setFlash } from '../../http/sessions/flash.ts';
import { forgetLanguage } from '../../http/sessions/preferences.ts';
import { forgetSignIns } from '../../http/sessions/sign-in-cookies.ts';
import { type RefusedForm, showSettings } from './settings-page.ts';

/** What members change about their account; how they look to others is `/edit`. */
export function settingsRoutes(host: Host) {
  const { microblog, sessions, urls, translations, attempts, signInCookies, knownBrowsers } = host;
  const { accounts, users } = microblog;

  const show = (ctx: HostContext, refused?: RefusedForm) => showSettings(host, ctx, refused);
  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    page: (ctx: HostContext) => show(ctx),

    email: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const input = { email: form.text('email'), password: form.text('password') };
        const { viewer } = ctx.state;
        // Without mail as well: it tells who has an account.
        await attempts.countMail(ctx);
        const { pending } = await attempts.guard(ctx, { member: viewer }, () =>
          accounts.changeEmail(viewer, input),
        );
        setFlash(host, ctx, pending ? 'email_pending' : 'email_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults) =>
        show(ctx, { section: 'email', faults, email: form.text('email') }),
    },

    cancelEmail: {
      async submit(ctx: HostContext): Promise<void> {
        await accounts.cancelEmailChange(ctx.state.viewer);
        setFlash(host, ctx, 'email_change_cancelled');
        back(ctx);
      },
    },

    confirmation: {
      async submit(ctx: HostContext): Promise<void> {
        await attempts.countMail(ctx);
        await accounts.requestEmailConfirmation(ctx.state.viewer);
        setFlash(host, ctx, 'confirmation_sent');
        back(ctx);
      },
    },

    password: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer } = ctx.state;
        const input = {
          currentPassword: form.text('current_password'),
          password: form.text('password'),
        };
        const user = await attempts.guard(ctx, { member: viewer }, () =>
          accounts.changePassword(viewer, input),
        );
        sessions.renew(ctx, user);
        setFlash(host, ctx, 'password_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults) =>
        show(ctx, { section: 'password', faults }),
    },

    mails: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        await users.changeSettings(ctx.state.viewer, { mailOnFollow: form.checked('mail_on_follow') });
        setFlash(host, ctx, 'saved');
        back(ctx);
      },
    },

    language: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const locale = form.text('language');
        if (translations.offers(locale)) {
          await users.changeSettings(ctx.state.viewer, { locale });
          // It would hide the change.
          forgetLanguage(host, ctx);
          setFlash(host, ctx, 'saved');
        }
        back(ctx);
      },
    },

    delete: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer } = ctx.state;
        const confirmation = { password: form.text('password'), nickname: form.text('nickname') };
        await attempts.guard(ctx, { member: viewer }, () => accounts.delete(viewer, confirmation));
        sessions.end(ctx);
        knownBrowsers.forget(ctx);
        forgetSignIns(signInCookies, ctx);
        setFlash(host, ctx, 'account_deleted');
        seeOther(ctx, urls.to('/'));
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults) =>
        show(ctx, { section: 'delete', faults }),
    },

    signOutEverywhere: {
      async submit(ctx: HostContext): Promise<void> {
        await accounts.signOutEverywhere(ctx.state.viewer);
        sessions.end(ctx);
        forgetSignIns(signInCookies, ctx);
        setFlash(host, ctx, 'signed_out_everywhere');
        seeOther(ctx, urls.to('/'));
      },
    },
  };
}
