import { isMicroblogError, type MemberAccount } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { AccountHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { pendingLinkNamed } from '../accounts/sign-in-page.ts';
import { showSettings } from './settings-page.ts';

/** Links identities of sign-in providers to the member's account, and unlinks them. */
export function identityRoutes(host: AccountHost) {
  const { accounts } = host.microblog;
  const { identityProviders, cookies, attempts } = host.signIn;
  const { urls } = host.site;
  const { flash } = host.browser;
  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    link: {
      async submit(ctx: HostContext, form: Form, viewer: MemberAccount): Promise<void> {
        const link = pendingLinkNamed(host.signIn, ctx, { slug: form.text('link'), viewer });
        if (link === null) throw hostError('provider_interrupted', 'No identity waits to be linked.');
        const confirmation = { password: form.text('password') };
        try {
          await attempts.guard(ctx, { member: viewer }, () =>
            accounts.linkIdentity(viewer, link.identity, confirmation),
          );
        } catch (error) {
          // Keep it for another try at the password only.
          if (isMicroblogError(error, 'identity_taken')) cookies.link.clear(ctx);
          throw error;
        }
        cookies.link.clear(ctx);
        flash.set(ctx, 'identity_linked');
        back(ctx);
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults, viewer: MemberAccount) =>
        showSettings(host, ctx, viewer, { section: 'link', faults }),
    },

    unlink: {
      async submit(ctx: HostContext, _form: Form, viewer: MemberAccount): Promise<void> {
        const signInWith = (issuer: string) => identityProviders.ofIssuer(issuer) !== null;
        await accounts.unlinkIdentity(viewer, ctx.params.id, { signInWith });
        flash.set(ctx, 'identity_unlinked');
        back(ctx);
      },
    },
  };
}
