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
} from 'openid-client';
import { cachedDiscovery, type DiscoveryOptions } from './discovery.ts';
import { hasAccountClaims, identityOfClaims } from './identity-of-claims.ts';
import { providerError } from './provider-error.ts';
import { type ProviderSettings, slugOf } from './provider-settings.ts';

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

const SCOPE = 'openid email profile';

export function identityProvider(settings: ProviderSettings, options?: DiscoveryOptions): IdentityProvider {
  const { name, issuer } = settings;
  const configuration = cachedDiscovery(settings, options);
  const found = async (): Promise<Configuration> => {
    try {
      return await configuration();
    } catch (error) {
      throw providerError(error, name, 'discovery');
    }
  };

  async function exchange(at: Configuration, address: URL, secrets: SignInSecrets): Promise<IdentityInput> {
    const tokens = await authorizationCodeGrant(at, address, {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (token === undefined) throw new TypeError('There is no ID token.');
    const asks = !hasAccountClaims(token) && at.serverMetadata().userinfo_endpoint !== undefined;
    const userInfo = asks ? await fetchUserInfo(at, tokens.access_token, token.sub) : null;
    return identityOfClaims(token, userInfo);
  }

  return {
    name,
    slug: slugOf(name),
    issues: (other) => URL.canParse(other) && new URL(other).href === new URL(issuer).href,

    async begin(redirectUri) {
      const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const location = buildAuthorizationUrl(await found(), {
        redirect_uri: redirectUri,
        scope: SCOPE,
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
