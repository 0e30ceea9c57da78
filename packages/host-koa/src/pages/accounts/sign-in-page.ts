import type { MemberAccount } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import { formView } from '../../http/forms/form-view.ts';
import type { AccountHost } from '../../http/host.ts';
import type { SignIn } from '../../http/sessions/sign-in.ts';
import { keepDraft, type PendingLink } from '../../http/sessions/sign-in-cookies.ts';
import { renderPage } from '../layout/page.ts';
import type { LoginPage, PendingLinkView, ProviderChoice } from './account-pages.ts';

interface SignInPage {
  readonly values?: LoginPage['form']['values'];
  readonly next?: string;
  readonly faults?: FormFaults;
  /** A post that was typed before signing in. */
  readonly draft?: string;
  /** The identity that is linked to the account on sign-in. */
  readonly link?: PendingLink | null;
}

const empty = { login: '', rememberMe: false };

/** Renders the sign-in page, with the status that `ctx` has. */
export async function showSignIn(host: AccountHost, ctx: HostContext, page: SignInPage): Promise<void> {
  const { values = empty, next = '', faults = noFaults, draft = '', link = null } = page;
  if (draft !== '' && host.signIn.identityProviders.all.length > 0)
    keepDraft(host.signIn.cookies, ctx, draft);
  const model = {
    form: formView(values, faults, ['login', 'password']),
    next,
    draft,
    providers: link === null ? providerChoices(host, next) : otherProviderChoices(host, link),
    link: link === null ? null : pendingLinkView(host.signIn, link),
  };
  await renderPage(host, ctx, 'login.njk', model, { personal: link !== null });
}

export function providerChoices({ signIn, site }: AccountHost, next = ''): ProviderChoice[] {
  const query = next === '' ? '' : `?next=${encodeURIComponent(next)}`;
  return signIn.identityProviders.all.map(({ name, slug }) => ({
    name,
    url: site.urls.to(`/login/${slug}${query}`),
  }));
}

/**
 * The other providers, while an identity of one waits. An account without a password signs in with one of them. They
 * lead to the settings, where a button links the identity.
 */
function otherProviderChoices(host: AccountHost, { provider }: PendingLink): ProviderChoice[] {
  const own = host.signIn.identityProviders.find(provider)?.name;
  return providerChoices(host, '/settings').filter(({ name }) => name !== own);
}

/** The identity that waits in this browser. Not one that another member proved, nor one of a provider that is gone. */
export function pendingLink(
  { cookies, identityProviders }: SignIn,
  ctx: HostContext,
  viewer: MemberAccount | null,
): PendingLink | null {
  const link = identityProviders.all.length > 0 ? cookies.link.read(ctx) : null;
  if (link === null || identityProviders.find(link.provider) === null) return null;
  return link.viewer === null || link.viewer === viewer?.id ? link : null;
}

/**
 * As `pendingLink`, but only if the page or form names that provider. A form that does not name it must not link an
 * identity that another person left in this browser.
 */
export function pendingLinkNamed(
  signIn: SignIn,
  ctx: HostContext,
  { slug, viewer }: { readonly slug: unknown; readonly viewer: MemberAccount | null },
): PendingLink | null {
  const link = pendingLink(signIn, ctx, viewer);
  return link?.provider === slug ? link : null;
}

export function pendingLinkView(
  { identityProviders }: SignIn,
  { provider, identity }: PendingLink,
): PendingLinkView {
  return {
    slug: provider,
    provider: identityProviders.find(provider)?.name ?? provider,
    person: identity.email ?? identity.nickname ?? identity.preferredUsername ?? '',
  };
}
