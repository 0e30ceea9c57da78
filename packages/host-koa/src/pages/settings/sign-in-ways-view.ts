import type { Identity, MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { AccountHost } from '../../http/host.ts';
import { issuerName } from '../../outbound/identity-providers/issuer-name.ts';
import { readableEmail } from '../../site/readable-email.ts';
import type { IdentityView, SignInWaysView } from '../accounts/account-pages.ts';
import { pendingLink, pendingLinkView, providerChoices } from '../accounts/sign-in-page.ts';

/** The ways in which the viewer signs in besides a password; null if there are no providers and no identities. */
export async function signInWays(
  host: AccountHost,
  ctx: HostContext,
  { viewer, hasPassword }: { readonly viewer: MemberAccount; readonly hasPassword: boolean },
): Promise<SignInWaysView | null> {
  const { microblog } = host;
  const { urls } = host.site;
  const { identityProviders } = host.signIn;
  const identities = await microblog.accounts.listIdentities(viewer);
  if (identities.length === 0 && identityProviders.all.length === 0) return null;
  const usable = identities.filter(({ issuer }) => identityProviders.ofIssuer(issuer) !== null);
  const view = (identity: Identity): IdentityView => {
    const mayGo = hasPassword || usable.some(({ id }) => id !== identity.id);
    return {
      provider: identityProviders.ofIssuer(identity.issuer)?.name ?? issuerName(identity.issuer),
      person: identity.email === null ? (identity.nickname ?? '') : readableEmail(identity.email),
      unlinkUrl: mayGo ? urls.to(`/settings/identities/${identity.id}/unlink`) : null,
    };
  };
  const connected = new Set(identities.map(({ issuer }) => identityProviders.ofIssuer(issuer)?.name));
  const link = pendingLink(host.signIn, ctx, viewer);
  return {
    identities: identities.map(view),
    pending: link === null ? null : pendingLinkView(host.signIn, link),
    providers: providerChoices(host, '/settings').filter(({ name }) => !connected.has(name)),
  };
}
