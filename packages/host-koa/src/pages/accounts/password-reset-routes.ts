import { MIN_PASSWORD_LENGTH, MicroblogError, type PasswordReset } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import { formView } from '../../http/forms/form-view.ts';
import type { AccountHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { readableEmail } from '../../site/readable-email.ts';
import { renderPage } from '../layout/page.ts';

/** A new password for the person who reads the mails of an account. */
export function passwordResetRoutes(host: AccountHost) {
  const { microblog } = host;
  const { urls } = host.site;
  const { sessions, attempts } = host.signIn;
  const { accounts } = microblog;

  const showRequest = (ctx: HostContext, email: string, faults: FormFaults, sent = false) =>
    renderPage(host, ctx, 'reset-password.njk', {
      form: formView({ email }, faults, ['email']),
      mailEnabled: microblog.mailEnabled,
      sent,
    });

  async function showNewPassword(ctx: HostContext, reset: PasswordReset, token: string, faults: FormFaults) {
    const page = {
      form: formView({}, faults, ['password']),
      nickname: reset.person.nickname,
      disconnects: reset.unbindsIdentities,
      action: urls.to(`/reset-password/${token}`),
      passwordMinLength: MIN_PASSWORD_LENGTH,
    };
    await renderPage(host, ctx, 'new-password.njk', page, { secretAddress: true });
  }

  async function resetOf(token: string): Promise<PasswordReset> {
    const reset = await accounts.passwordResetFor(token);
    if (reset === null) throw new MicroblogError('token_invalid', 'The link was used, or has expired.');
    return reset;
  }

  return {
    async requestPage(ctx: HostContext): Promise<void> {
      await showRequest(ctx, readableEmail(ctx.state.viewer?.email ?? ''), noFaults);
    },

    request: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const email = form.text('email');
        await attempts.countMail(ctx);
        await accounts.requestPasswordReset({ email });
        // Equal for every address, so that it does not show who has an account.
        await showRequest(ctx, email.trim(), noFaults, true);
      },
      showAgain: (ctx: HostContext, form: Form, faults: FormFaults) =>
        showRequest(ctx, form.text('email'), faults),
    },

    async newPasswordPage(ctx: HostContext): Promise<void> {
      const { token } = ctx.params;
      await showNewPassword(ctx, await resetOf(token), token, noFaults);
    },

    newPassword: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { token } = ctx.params;
        const user = await accounts.resetPassword({ token, password: form.text('password') });
        sessions.begin(ctx, user, { remember: false });
        host.browser.flash.set(ctx, 'password_changed');
        seeOther(ctx, urls.to('/'));
      },
      async showAgain(ctx: HostContext, _form: Form, faults: FormFaults): Promise<void> {
        const { token } = ctx.params;
        await showNewPassword(ctx, await resetOf(token), token, faults);
      },
    },
  };
}
