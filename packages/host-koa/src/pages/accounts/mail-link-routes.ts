import { isMicroblogError, MicroblogError, operator, type Person } from '@microblog/core';
import { hostError, statuses } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { PageHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import type { UnsubscribeTokens } from '../../outbound/mail-texts/unsubscribe-token.ts';
import { renderPage } from '../layout/page.ts';
import type { MailLinkPage } from './account-pages.ts';

/**
 * The pages of links in mails. They ask first and act on the button, because mail programs follow links by themselves
 * to check them.
 */
export function mailLinkRoutes(host: PageHost, unsubscribeTokens: UnsubscribeTokens) {
  const { microblog } = host;
  const { urls } = host.site;

  async function unsubscribing(ctx: HostContext) {
    const userId = unsubscribeTokens.userOf(ctx.params.token);
    const user = userId === null ? null : await microblog.accounts.find(operator, userId);
    if (user === null) throw hostError('page_not_found', 'The link is incomplete, or the account is gone.');
    return user;
  }

  /** The error for a link that confirms nothing any more. Mail programs and second devices open links again. */
  async function invalid(token: string) {
    return (await microblog.accounts.isEmailConfirmedBy(token))
      ? hostError('already_confirmed', 'The link has confirmed the address before.')
      : new MicroblogError('token_invalid', 'The link was used, or has expired.');
  }

  /** Null if the address is to replace another one: that needs the owner to be signed in. */
  async function confirmed(ctx: HostContext): Promise<Person | null> {
    try {
      return await microblog.accounts.confirmEmail(ctx.state.viewer, ctx.params.token);
    } catch (error) {
      if (isMicroblogError(error, 'sign_in_required')) return null;
      if (isMicroblogError(error, 'token_invalid')) throw await invalid(ctx.params.token);
      throw error;
    }
  }

  /** Shows a member of another account which account is needed: the sign-in page would lead them straight back. */
  async function leadToOwner(ctx: HostContext): Promise<void> {
    const path = `/confirm-email/${ctx.params.token}`;
    const { viewer } = ctx.state;
    if (viewer === null) return seeOther(ctx, urls.signIn(path));
    ctx.status = statuses.forbidden;
    const action = urls.to(path);
    await show(ctx, {
      purpose: 'confirm_email',
      action,
      done: false,
      nickname: null,
      signedInAs: viewer.nickname,
    });
  }

  const show = (ctx: HostContext, page: MailLinkPage) =>
    renderPage(host, ctx, 'mail-link.njk', page, { secretAddress: true });

  return {
    async confirmationPage(ctx: HostContext): Promise<void> {
      const { token } = ctx.params;
      const user = await microblog.accounts.emailConfirmationFor(token);
      if (user === null) throw await invalid(token);
      const action = urls.to(`/confirm-email/${token}`);
      await show(ctx, {
        purpose: 'confirm_email',
        action,
        done: false,
        nickname: user.nickname,
        signedInAs: null,
      });
    },

    confirm: {
      async submit(ctx: HostContext, _form: Form): Promise<void> {
        const { viewer } = ctx.state;
        const user = await confirmed(ctx);
        if (user === null) return leadToOwner(ctx);
        if (viewer?.id === user.id) {
          host.browser.flash.set(ctx, 'email_confirmed');
          return seeOther(ctx, urls.to('/settings'));
        }
        const action = urls.to('/');
        await show(ctx, {
          purpose: 'confirm_email',
          action,
          done: true,
          nickname: user.nickname,
          signedInAs: null,
        });
      },
    },

    async unsubscribePage(ctx: HostContext): Promise<void> {
      const { settings } = await unsubscribing(ctx);
      const action = urls.to(`/unsubscribe/${ctx.params.token}`);
      await show(ctx, {
        purpose: 'unsubscribe',
        action,
        done: !settings.mailOnFollow,
        nickname: null,
        signedInAs: null,
      });
    },

    /**
     * Has no form token: mail programs post here by themselves (RFC 8058). The link's own signature is checked instead.
     */
    async unsubscribe(ctx: HostContext): Promise<void> {
      const user = await unsubscribing(ctx);
      if (user.suspendedAt === null) await microblog.users.changeSettings(user, { mailOnFollow: false });
      ctx.req.resume();
      const action = urls.to('/');
      await show(ctx, { purpose: 'unsubscribe', action, done: true, nickname: null, signedInAs: null });
    },
  };
}
