import { isMicroblogError, MicroblogError } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { Form } from '../../http/forms/form.ts';
import type { FormFaults } from '../../http/forms/form-route.ts';
import type { Host } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { setFlash } from '../../http/sessions/flash.ts';
import { pendingLinkNamed } from '../accounts/sign-in-page.ts';
import { showSettings } from './settings-page.ts';

/** Binding identities of sign-in providers to one's account, and unbinding them. */
export function identityRoutes(host: Host) {
  const { microblog, identityProviders, signInCookies, attempts, urls } = host;
  const { accounts } = microblog;
  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    link: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer } = ctx.state;
        if (viewer === null) throw new MicroblogError('sign_in_required', 'Settings are for members.');
        const link = pendingLinkNamed(host, ctx, { slug: form.text('link'), viewer });
        if (link === null) throw hostError('provider_interrupted', 'No identity waits to be linked.');
        const confirmation = { password: form.text('password') };
        try {
          await attempts.guard(ctx, { member: viewer }, () =>
            accounts.linkIdentity(viewer, link.identity, confirmation),
          );
        } catch (error) {
          // It waits no longer, but for another try at the password.
          if (isMicroblogError(error, 'identity_taken')) signInCookies.link.clear(ctx);
          throw error;
        }
        signInCookies.link.clear(ctx);
        setFlash(host, ctx, 'identity_linked');
        back(ctx);
      },
      showAgain: (ctx: HostContext, _form: Form, faults: FormFaults) =>
        showSettings(host, ctx, { section: 'link', faults }),
    },

    unlink: {
      async submit(ctx: HostContext): Promise<void> {
        const signInWith = (issuer: string) => identityProviders.ofIssuer(issuer) !== null;
        await accounts.unlinkIdentity(ctx.state.viewer, ctx.params.id, { signInWith });
        setFlash(host, ctx, 'identity_unlinked');
        back(ctx);
      },
    },
  };
}
