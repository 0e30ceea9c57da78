import { MicroblogError } from '@microblog/core';
import type { HostContext } from '../../context.ts';
import type { Form } from '../../forms/form.ts';
import type { Host } from '../../host.ts';
import { hostError } from '../../host-errors.ts';
import { setFlash } from '../../sessions/flash.ts';
import { pendingLinkNamed } from '../accounts/sign-in-page.ts';
import { seeOther } from '../redirects.ts';

/** Binding identities of sign-in providers to one's account, and unbinding them. */
export function identityRoutes(host: Host) {
  const { microblog, identityProviders, signInCookies, urls } = host;
  const back = (ctx: HostContext) => seeOther(ctx, urls.to('/settings'));

  return {
    link: {
      async submit(ctx: HostContext, form: Form): Promise<void> {
        const { viewer } = ctx.state;
        if (viewer === null) throw new MicroblogError('sign_in_required', 'Settings are for members.');
        const link = pendingLinkNamed(host, ctx, form.text('link'));
        if (link === null) throw hostError('provider_interrupted', 'No identity waits to be linked.');
        signInCookies.link.clear(ctx);
        await microblog.accounts.linkIdentity(viewer, link.identity);
        setFlash(host, ctx, 'identity_linked');
        back(ctx);
      },
    },

    unlink: {
      async submit(ctx: HostContext): Promise<void> {
        const signInWith = (issuer: string) => identityProviders.ofIssuer(issuer) !== null;
        await microblog.accounts.unlinkIdentity(ctx.state.viewer, ctx.params.id, { signInWith });
        setFlash(host, ctx, 'identity_unlinked');
        back(ctx);
      },
    },
  };
}
