import type { User } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { type FormFaults, noFaults } from '../../http/forms/form-route.ts';
import type { Host } from '../../http/host.ts';
import { keepDraft, type PendingLink } from '../../http/sessions/sign-in-cookies.ts';
import { renderPage } from '../layout/page.ts';
import type { LoginPage, PendingLinkView, ProviderChoice } from './account-pages.ts';

interface SignInPage {
  readonly values?: LoginPage['form']['values'];
  readonly next?: string;
  readonly faults?: FormFaults;
  /** A post that was typed before. */
  readonly draft?: string;
  /** What is to be bound to the account that is signed in to. */
  readonly link?: PendingLink | null;
}

const empty = { login: '', rememberMe: false };

/** The page with the ways in. Its status is what `ctx` has. */
export async function showSignIn(host: Host, ctx: HostContext, page: SignInPage): Promise<void> {
  const { values = empty, next = '', faults = noFaults, draft = '', link = null } = page;
  if (draft !== '' && host.identityProviders.all.length > 0) keepDraft(host.signInCookies, ctx, draft);
  const model = {
    form: { values, ...faults },
    next,
    draft,
    providers: link === null ? providerChoices(host, next) : otherProviderChoices(host, link),
    link: link === null ? null : pendingLinkView(host, link),
  };
  await renderPage(host, ctx, 'login.njk', model, { personal: link !== null });
}

export function providerChoices({ identityProviders, urls }: Host, next = ''): ProviderChoice[] {
  const query = next === '' ? '' : `?next=${encodeURIComponent(next)}`;
  return identityProviders.all.map(({ name, slug }) => ({ name, url: urls.to(`/login/${slug}${query}`) }));
}

/**
 * Whoever is to sign in once to link comes from that provider's own button. The others lead to the settings, where
 * what waits is bound on a button: an account without a password is signed in to with one of them.
 */
function otherProviderChoices(host: Host, { provider }: PendingLink): ProviderChoice[] {
  const own = host.identityProviders.find(provider)?.name;
  return providerChoices(host, '/settings').filter(({ name }) => name !== own);
}

/** What waits to be linked in this browser: not what somebody else proved, nor what nobody can sign in with any more. */
export function pendingLink(host: Host, ctx: HostContext, viewer: User | null): PendingLink | null {
  const link = host.hostUsers === null ? host.signInCookies.link.read(ctx) : null;
  if (link === null || host.identityProviders.find(link.provider) === null) return null;
  return link.viewer === null || link.viewer === viewer?.id ? link : null;
}

/**
 * The same, where the page or form at hand speaks of that very provider. Whoever signs in by a form that does not say
 * so must not find somebody else's identity bound to their account.
 */
export function pendingLinkNamed(
  host: Host,
  ctx: HostContext,
  { slug, viewer }: { readonly slug: unknown; readonly viewer: User | null },
): PendingLink | null {
  const link = pendingLink(host, ctx, viewer);
  return link?.provider === slug ? link : null;
}

export function pendingLinkView(host: Host, { provider, identity }: PendingLink): PendingLinkView {
  return {
    slug: provider,
    provider: host.identityProviders.find(provider)?.name ?? provider,
    person: identity.email ?? identity.nickname ?? identity.preferredUsername ?? '',
  };
}
