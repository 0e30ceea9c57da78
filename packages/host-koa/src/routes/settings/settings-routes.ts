import { MIN_PASSWORD_LENGTH, MicroblogError, type User } from '@microblog/core';
import type { HostContext } from '../../context.ts';
import type { Form } from '../../forms/form.ts';
import { type FormFaults, noFaults } from '../../forms/form-route.ts';
import type { Host } from '../../host.ts';
import { setFlash } from '../../sessions/flash.ts';
import type { SettingsSection } from '../../views/account-pages.ts';
import { renderPage } from '../../views/page.ts';
import { seeOther } from '../redirects.ts';
import { signInWays } from './sign-in-ways-view.ts';

/** What members change about their account; how they look to others is `/edit`. */
export function settingsRoutes(host: Host) {
  const { microblog, sessions, urls, translations, attempts } = host;
  const { accounts, users } = microblog;

  interface Refused {
    /** Of which section the form was refused. */
    readonly section: SettingsSection;
    readonly faults: FormFaults;
    readonly email?: string;
  }

  async function show(ctx: HostContext, refused: Refused | null = null): Promise<void> {
    const viewer = member(ctx);
    const form = (section: SettingsSection) => (refused?.section === section ? refused.faults : noFaults);
    const accountHere = host.hostUsers === null;
    const hasPassword = accountHere && (await accounts.hasPassword(viewer));
    await renderPage(host, ctx, 'settings.njk', {
      accountHere,
      email: viewer.email,
      emailConfirmed: viewer.emailVerifiedAt !== null,
      hasPassword,
      signInWays: accountHere ? await signInWays(host, ctx, { viewer, hasPassword }) : null,
      mailEnabled: microblog.mailEnabled,
      mailOnFollow: viewer.mailOnFollow,
      mailLanguage: translations.negotiate(viewer.locale ?? undefined),
      passwordMinLength: MIN_PASSWORD_LENGTH,
      forms: {
        email: { values: { email: refused?.email ?? '' }, ...form('email') },
        password: { values: {}, ...form('password') },
        delete: { values: {}, ...form('delete') },
      },
    });
  }

  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    page: (ctx: HostContext) => show(ctx),

    email: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const input = { email: form.text('email'), password: form.text('password') };
        const { viewer } = ctx.state;
        if (microblog.mailEnabled) await attempts.countMail(ctx);
        const { pending } = await attempts.guard(ctx, viewer?.id ?? '', () =>
          accounts.changeEmail(viewer, input),
        );
        setFlash(host, ctx, pending ? 'email_pending' : 'email_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults) =>
        show(ctx, { section: 'email', faults, email: form.text('email') }),
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
        const user = await attempts.guard(ctx, viewer?.id ?? '', () =>
          accounts.changePassword(viewer, input),
        );
        // All sessions are over; this one begins anew.
        sessions.begin(ctx, user, { remember: false });
        setFlash(host, ctx, 'password_changed');
        back(ctx);
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults) =>
        show(ctx, { section: 'password', faults }),
    },

    mails: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const language = form.text('language');
        await users.changeSettings(ctx.state.viewer, {
          mailOnFollow: form.checked('mail_on_follow'),
          ...(translations.offers(language) ? { locale: language } : {}),
        });
        setFlash(host, ctx, 'saved');
        back(ctx);
      },
    },

    delete: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer } = ctx.state;
        const confirmation = { password: form.text('password'), nickname: form.text('nickname') };
        await attempts.guard(ctx, viewer?.id ?? '', () => accounts.delete(viewer, confirmation));
        sessions.end(ctx);
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
        setFlash(host, ctx, 'signed_out_everywhere');
        seeOther(ctx, urls.to('/'));
      },
    },
  };
}

function member(ctx: HostContext): User {
  const { viewer } = ctx.state;
  if (viewer === null) throw new MicroblogError('sign_in_required', 'Settings are for members.');
  return viewer;
}
