import type { IdentityInput } from '@microblog/core';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client';
import { cachedDiscovery, configured, type DiscoveryOptions, providerFetch } from './discovery.ts';
import { hasAccountClaims, identityOfClaims } from './identity-of-claims.ts';
import { isIssuedBy, TENANT } from './issuer.ts';
import { providerError } from './provider-error.ts';
import { type ProviderSettings, responseModeOf, slugOf } from './provider-settings.ts';
import { tenantGrant } from './tenant-grant.ts';

/** Values that the browser keeps during the sign-in; the provider's answer is compared with them. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  /** For PKCE (RFC 7636). */
  readonly verifier: string;
}

/** A provider of OpenID Connect that people may sign in with. */
export interface IdentityProvider {
  readonly name: string;
  /** Its name in addresses. */
  readonly slug: string;
  /** Whether the provider posts its answer from its own page, instead of redirecting with it. */
  readonly postsAnswers: boolean;
  /** Whether the provider has this issuer. */
  issues(issuer: string): boolean;
  /**
   * Begins a sign-in. Returns the address to redirect the browser to.
   * @throws {MicroblogError} `provider_unavailable`, `provider_answer_invalid`.
   */
  begin(redirectUri: string): Promise<{ readonly location: URL; readonly secrets: SignInSecrets }>;
  /**
   * The identity of the person who came back from the provider. `address` is the redirect URI with the provider's
   * parameters. State, issuer, code, nonce and the ID token are checked.
   * @throws {MicroblogError} `provider_refused`, `provider_interrupted`, `provider_unavailable`,
   * `provider_answer_invalid`.
   */
  finish(address: URL, secrets: SignInSecrets): Promise<IdentityInput>;
}

export function identityProvider(
  settings: ProviderSettings,
  options: DiscoveryOptions = {},
): IdentityProvider {
  const { name, issuer } = settings;
  const postsAnswers = responseModeOf(settings) === 'form_post';
  const configuration = cachedDiscovery(settings, options);
  const found = async (): Promise<Configuration> => {
    try {
      return await configuration();
    } catch (error) {
      throw providerError(error, name, 'discovery');
    }
  };

  const grant =
    (address: URL, { state, nonce, verifier }: SignInSecrets) =>
    (at: Configuration) =>
      authorizationCodeGrant(at, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });

  async function exchange(at: Configuration, address: URL, secrets: SignInSecrets): Promise<IdentityInput> {
    const { supportsPKCE: _, ...metadata } = at.serverMetadata();
    const exchangeCode = grant(address, secrets);
    const tokens = metadata.issuer.includes(TENANT)
      ? await tenantGrant({
          template: metadata.issuer,
          fetch: providerFetch(options),
          configure: (of) => configured(settings, { ...metadata, issuer: of }, options),
          exchange: exchangeCode,
        })
      : await exchangeCode(at);
    const token = tokens.claims();
    if (token === undefined) throw new TypeError('There is no ID token.');
    const asks = !hasAccountClaims(token) && metadata.userinfo_endpoint !== undefined;
    const userInfo = asks ? await fetchUserInfo(at, tokens.access_token, token.sub) : null;
    return identityOfClaims(token, userInfo);
  }

  return {
    name,
    slug: slugOf(name),
    postsAnswers,
    issues: (other) => isIssuedBy(issuer, other),

    async begin(redirectUri) {
      const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const at = await found();
      const location = buildAuthorizationUrl(at, {
        redirect_uri: redirectUri,
        scope: scopeFor(at.serverMetadata()),
        ...(postsAnswers ? { response_mode: 'form_post' } : {}),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      });
      return { location, secrets };
    },

    async finish(address, secrets) {
      const at = await found();
      try {
        return await exchange(at, address, secrets);
      } catch (error) {
        throw providerError(error, name, 'callback');
      }
    },
  };
}

/** Apple has no scope `profile`, refuses unknown ones, and calls the name `name`. */
function scopeFor({ scopes_supported: offered }: ServerMetadata): string {
  const isApples = offered?.includes('name') === true && !offered.includes('profile');
  return `openid email ${isApples ? 'name' : 'profile'}`;
}
