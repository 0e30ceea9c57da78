import { type IdentityInput, isMicroblogError, type Logger } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import { readForm } from '../../http/forms/form.ts';
import type { AccountHost } from '../../http/host.ts';
import { seeOther } from '../../http/redirects.ts';
import { identityForCookie, type PendingSignIn } from '../../http/sessions/sign-in-cookies.ts';
import type { IdentityProvider } from '../../outbound/identity-providers/identity-provider.ts';
import { callbackPath } from '../../outbound/identity-providers/provider-settings.ts';
import { postedAnswer } from './posted-answer.ts';
import { setWelcome } from './welcome.ts';

/**
 * Signing in with a provider of OpenID Connect: the way to it, and back. A visitor who returns is signed in. For a
 * member who returns, the identity waits for a button in the settings, because any site may lead a member here.
 */
export function providerRoutes(host: AccountHost, logger: Logger) {
  const { microblog } = host;
  const { urls, absoluteUrl } = host.site;
  const { identityProviders, cookies, sessions, attempts } = host.signIn;
  const { flash } = host.browser;

  function providerOf(ctx: HostContext): IdentityProvider {
    const provider = identityProviders.find(ctx.params.provider);
    if (provider === null) throw hostError('page_not_found', 'There is no such provider.');
    return provider;
  }

  function redirectUri({ slug }: IdentityProvider): string {
    if (absoluteUrl === null) throw new Error('identityProviders needs origin.');
    return absoluteUrl(urls.to(callbackPath(slug)));
  }

  /** Logs failures of a provider. The reader did nothing wrong, but the operator may want to fix it. */
  async function logProviderErrors<Result>(ctx: HostContext, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (isMicroblogError(error) && error.code.startsWith('provider_')) {
        const details = { err: error, code: error.code, requestId: ctx.state.requestId };
        if (/refused|interrupted/.test(error.code))
          logger.info(details, 'sign-in with a provider was not finished');
        else logger.warn(details, 'sign-in with a provider failed');
      }
      throw error;
    }
  }

  /** The stored sign-in that belongs to this answer. It can be used once. */
  function takePendingSignIn(ctx: HostContext, { slug }: IdentityProvider): PendingSignIn {
    const pending = cookies.pending.read(ctx);
    cookies.pending.clear(ctx);
    if (pending === null || pending.provider !== slug || pending.state !== ctx.query.state) {
      throw hostError('provider_interrupted', 'No sign-in that began in this browser has this state.');
    }
    return pending;
  }

  /** The identity, with the name that came with this sign-in if the provider states none. */
  function withPostedName(
    ctx: HostContext,
    { state }: PendingSignIn,
    identity: IdentityInput,
  ): IdentityInput {
    const posted = cookies.postedName.read(ctx);
    if (posted === null) return identity;
    cookies.postedName.clear(ctx);
    if (posted.state !== state) return identity;
    return { ...identity, preferredUsername: identity.preferredUsername ?? posted.name };
  }

  async function signIn(ctx: HostContext, pending: PendingSignIn, identity: IdentityInput): Promise<void> {
    try {
      const { user, outcome } = await microblog.accounts.signInWithIdentity({
        ...identity,
        // Mails are in the language of the page if the provider reports none.
        locale: identity.locale ?? ctx.state.lang,
      });
      sessions.begin(ctx, user, { remember: false });
      if (outcome === 'registered') setWelcome(host, ctx, user);
      else flash.set(ctx, outcome === 'joined' ? 'identity_joined' : 'signed_in', user.nickname);
      seeOther(ctx, urls.safeRedirect(pending.next));
    } catch (error) {
      if (!isMicroblogError(error, 'link_required')) throw error;
      keepForLink(ctx, pending, identity);
      const query = new URLSearchParams({
        link: pending.provider,
        ...(pending.next === '' ? {} : { next: pending.next }),
      });
      seeOther(ctx, urls.to(`/login?${query}`));
    }
  }

  function keepForLink(ctx: HostContext, { provider }: PendingSignIn, identity: IdentityInput): void {
    const viewer = ctx.state.viewer?.id ?? null;
    cookies.link.set(ctx, { provider, viewer, identity: identityForCookie(identity) });
  }

  async function offerLink(ctx: HostContext, pending: PendingSignIn, identity: IdentityInput): Promise<void> {
    const own = await microblog.accounts.listIdentities(ctx.state.viewer);
    const isKnown = own.some(
      ({ issuer, subject }) => issuer === identity.issuer && subject === identity.subject,
    );
    if (isKnown) flash.set(ctx, 'identity_known');
    else keepForLink(ctx, pending, identity);
    seeOther(ctx, urls.to('/settings'));
  }

  return {
    async begin(ctx: HostContext): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      const provider = providerOf(ctx);
      const { location, secrets } = await logProviderErrors(ctx, () => provider.begin(redirectUri(provider)));
      const next = typeof ctx.query.next === 'string' ? ctx.query.next.slice(0, 1000) : '';
      cookies.pending.set(ctx, { provider: provider.slug, ...secrets, next });
      seeOther(ctx, location.href);
    },

    async callback(ctx: HostContext): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      const provider = providerOf(ctx);
      // A code works once: a HEAD request, as mail programs and previews send it, must not use it up.
      if (ctx.method === 'HEAD') {
        ctx.status = 204;
        return;
      }
      await logProviderErrors(ctx, async () => {
        const pending = takePendingSignIn(ctx, provider);
        const address = new URL(redirectUri(provider) + ctx.search);
        await attempts.countProviderAnswer(ctx);
        const identity = withPostedName(ctx, pending, await provider.finish(address, pending));
        if (ctx.state.viewer === null) await signIn(ctx, pending, identity);
        else await offerLink(ctx, pending, identity);
      });
    },

    // Why: docs/decisions/0097-posted-answers.md
    /**
     * The answer of a provider that posts it from its own page. Browsers send no `SameSite=Lax` cookie with such a
     * request, so it has no state to check: it only leads to `callback`, with a request of this site's own.
     */
    async postedCallback(ctx: HostContext): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      const { slug } = providerOf(ctx);
      const { query, state, name } = postedAnswer(await readForm(ctx));
      if (name !== null) cookies.postedName.set(ctx, { state: state.slice(0, 100), name });
      seeOther(ctx, urls.to(`${callbackPath(slug)}?${query}`));
    },
  };
}
