import type { MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { AccountHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { forgetLanguage } from '../../http/sessions/preferences.ts';
import { forgetSignIns } from '../../http/sessions/sign-in-cookies.ts';
import { settingsInForm } from './setting-rows.ts';
import { type RefusedForm, showSettings } from './settings-page.ts';

/** The settings of a member's account. The public profile is at `/edit`. */
export function settingsRoutes(host: AccountHost) {
  const { accounts, users } = host.microblog;
  const { urls, translations } = host.site;
  const { sessions, attempts, cookies, knownBrowsers } = host.signIn;
  const { flash } = host.browser;

  const show = (ctx: HostContext, viewer: MemberAccount, refused?: RefusedForm) =>
    showSettings(host, ctx, viewer, refused);
  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    page: (ctx: HostContext, viewer: MemberAccount) => show(ctx, viewer),

    email: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const input = { email: form.text('email'), password: form.text('password') };
        // Counted even without mail, because the answer shows who has an account.
        await attempts.countMail(ctx);
        const { pending } = await attempts.guard(ctx, { member: viewer }, () =>
          accounts.changeEmail(viewer, input),
        );
        flash.set(ctx, pending ? 'email_pending' : 'email_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults, viewer: MemberAccount) =>
        show(ctx, viewer, { section: 'email', faults, email: form.text('email') }),
    },

    cancelEmail: {
      async submit(ctx: HostContext, _form: Form, viewer: MemberAccount): Promise<void> {
        await accounts.cancelEmailChange(viewer);
        flash.set(ctx, 'email_change_cancelled');
        back(ctx);
      },
    },

    confirmation: {
      async submit(ctx: HostContext, _form: Form, viewer: MemberAccount): Promise<void> {
        await attempts.countMail(ctx);
        await accounts.requestEmailConfirmation(viewer);
        flash.set(ctx, 'confirmation_sent');
        back(ctx);
      },
    },

    password: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const input = {
          currentPassword: form.text('current_password'),
          password: form.text('password'),
        };
        const user = await attempts.guard(ctx, { member: viewer }, () =>
          accounts.changePassword(viewer, input),
        );
        sessions.renew(ctx, user);
        flash.set(ctx, 'password_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults, viewer: MemberAccount) =>
        show(ctx, viewer, { section: 'password', faults }),
    },

    /** The settings that are on or off, of the group whose form was sent. */
    choices: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        await users.changeSettings(viewer, settingsInForm(form.text('group'), form));
        flash.set(ctx, 'saved');
        back(ctx);
      },
    },

    language: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const locale = form.text('language');
        if (translations.offers(locale)) {
          await users.changeSettings(viewer, { locale });
          // The browser's own choice would hide the change.
          forgetLanguage(urls, ctx);
          flash.set(ctx, 'saved');
        }
        back(ctx);
      },
    },

    delete: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const confirmation = { password: form.text('password'), nickname: form.text('nickname') };
        await attempts.guard(ctx, { member: viewer }, () => accounts.delete(viewer, confirmation));
        sessions.end(ctx);
        knownBrowsers.forget(ctx);
        forgetSignIns(cookies, ctx);
        flash.set(ctx, 'account_deleted');
        seeOther(ctx, urls.to('/'));
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults, viewer: MemberAccount) =>
        show(ctx, viewer, { section: 'delete', faults }),
    },

    signOutEverywhere: {
      async submit(ctx: HostContext, _form: Form, viewer: MemberAccount): Promise<void> {
        await accounts.signOutEverywhere(viewer);
        sessions.end(ctx);
        forgetSignIns(cookies, ctx);
        flash.set(ctx, 'signed_out_everywhere');
        seeOther(ctx, urls.to('/'));
      },
    },
  };
}
