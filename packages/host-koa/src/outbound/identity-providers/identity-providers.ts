import type { Fetch } from '../http/bounded-fetch.ts';
import { type IdentityProvider, identityProvider } from './identity-provider.ts';
import { type ProviderSettings, providerFaults } from './provider-settings.ts';

/** The providers that people may sign in with, in the order of their buttons. */
export interface IdentityProviders {
  readonly all: readonly IdentityProvider[];
  /** Null for an unknown slug. */
  find(slug: string): IdentityProvider | null;
  /** Null for an issuer that no configured provider has. */
  ofIssuer(issuer: string): IdentityProvider | null;
}

export interface ProvidersSignIn {
  /**
   * Providers of OpenID Connect that people may sign in with, in addition to a password. Needs `origin`: providers
   * redirect to an address under it. No provider is called before the first sign-in. Not allowed with
   * `authenticate`. Default: none.
   */
  readonly identityProviders?: readonly ProviderSettings[];
  /** How long each call to a provider may take, in milliseconds. Default: 5,000. */
  readonly identityProviderTimeout?: number;
  /** Makes the calls to providers, for example by way of a proxy. Default: the `fetch` of Node.js. */
  readonly fetch?: Fetch | undefined;
}

/** @throws {Error} for invalid settings, without their secrets, and for a missing origin. */
export function identityProviders(
  { identityProviders: settings = [], identityProviderTimeout: timeout, fetch }: ProvidersSignIn,
  origin: string | undefined,
): IdentityProviders {
  const [fault] = providerFaults(settings);
  if (fault !== undefined) throw new Error(`identityProviders: expected ${fault}.`);
  if (settings.length > 0 && origin === undefined) {
    throw new Error('identityProviders needs origin: providers lead back to an address under it.');
  }
  const options = { timeout: timeout === undefined ? undefined : timeout / 1000, fetch };
  const all = settings.map((one) => identityProvider(one, options));
  return {
    all,
    find: (slug) => all.find((provider) => provider.slug === slug) ?? null,
    ofIssuer: (issuer) => all.find((provider) => provider.issues(issuer)) ?? null,
  };
}
