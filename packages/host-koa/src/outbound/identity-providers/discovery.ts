import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
} from 'openid-client';
import type { ProviderSettings } from './provider-settings.ts';

/** Seconds for each call to a provider: a browser waits, and routers give up after thirty. */
export const PROVIDER_TIMEOUT = 5;
/** How long an answer is used; providers change their metadata about once a year. */
const CACHE_MS = 60 * 60 * 1000;
/** After a failed call, an older answer is used for this time, so that no other request waits for the provider. */
const RETRY_MS = 60 * 1000;

export interface DiscoveryOptions {
  /** In seconds, for each call. Default: `PROVIDER_TIMEOUT`. */
  readonly timeout?: number | undefined;
}

/**
 * Fetches a provider's metadata: its addresses and abilities.
 * @throws what openid-client throws: see `providerError`.
 */
export function discover(
  { issuer, clientId, clientSecret }: ProviderSettings,
  { timeout = PROVIDER_TIMEOUT }: DiscoveryOptions = {},
): Promise<Configuration> {
  const server = new URL(issuer);
  return discovery(server, clientId, undefined, authentication(clientSecret), {
    timeout,
    // The settings allow http for loopback only.
    execute: server.protocol === 'http:' ? [allowInsecureRequests] : [],
  });
}

/**
 * Caches the result of `discover`: fetched on first use, then at most once an hour. Concurrent callers share one
 * call. If the provider can't be reached, an older answer is used; without one, the next caller tries again.
 */
export function cachedDiscovery(
  settings: ProviderSettings,
  options?: DiscoveryOptions,
): () => Promise<Configuration> {
  let cached: { readonly configuration: Configuration; readonly until: number } | undefined;
  let asking: Promise<Configuration> | undefined;
  async function ask(): Promise<Configuration> {
    try {
      const configuration = await discover(settings, options);
      cached = { configuration, until: Date.now() + CACHE_MS };
      return configuration;
    } catch (error) {
      if (cached === undefined) throw error;
      cached = { ...cached, until: Date.now() + RETRY_MS };
      return cached.configuration;
    } finally {
      asking = undefined;
    }
  }
  return async () => {
    if (cached !== undefined && Date.now() < cached.until) return cached.configuration;
    asking ??= ask();
    return asking;
  };
}

/**
 * Sends the secret as the provider wants it: in a header if it allows that (RFC 6749, section 2.3.1), else in the
 * form.
 */
function authentication(clientSecret: string): ClientAuth {
  const basic = ClientSecretBasic(clientSecret);
  const post = ClientSecretPost(clientSecret);
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const inForm = methods.includes('client_secret_post') && !methods.includes('client_secret_basic');
    (inForm ? post : basic)(server, ...request);
  };
}
