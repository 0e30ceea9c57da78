import {
  allowInsecureRequests,
  Configuration,
  customFetch,
  discovery,
  type ServerMetadata,
} from 'openid-client';
import { boundedFetch, type Fetch } from '../http/bounded-fetch.ts';
import { outgoingFetch } from '../http/outgoing-fetch.ts';
import { clientAuthentication } from './client-authentication.ts';
import { metadataAddress } from './issuer.ts';
import { requireIssuer, requireSafeEndpoints } from './metadata-checks.ts';
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
  /** Makes the calls. Default: directly, without a proxy. */
  readonly fetch?: Fetch | undefined;
}

/** Bytes of an answer. Metadata and tokens have some kilobytes, with many groups some tens. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** The `fetch` for calls to a provider: bounded in size. The caller's signal bounds the time. */
export function providerFetch({ fetch = outgoingFetch() }: DiscoveryOptions): Fetch {
  return boundedFetch(fetch, MAX_ANSWER_BYTES);
}

/** openid-client's object for calls to a provider with this metadata. */
export function configured(
  settings: ProviderSettings,
  metadata: ServerMetadata,
  options: DiscoveryOptions,
): Configuration {
  const { clientId, issuer } = settings;
  const configuration = new Configuration(metadata, clientId, undefined, clientAuthentication(settings));
  const fetch = providerFetch(options);
  configuration[customFetch] = (url, request) => fetch(url, request as RequestInit);
  configuration.timeout = options.timeout ?? PROVIDER_TIMEOUT;
  // The settings allow http for loopback only.
  if (new URL(issuer).protocol === 'http:') allowInsecureRequests(configuration);
  return configuration;
}

/**
 * Fetches a provider's metadata: its addresses and abilities. Checks its issuer and its addresses.
 * @throws what openid-client throws, or `MetadataError`, or `InvalidAnswer`: see `providerError`.
 */
export async function discover(
  settings: ProviderSettings,
  options: DiscoveryOptions = {},
): Promise<Configuration> {
  const { issuer, clientId } = settings;
  const address = metadataAddress(issuer);
  const fetch = providerFetch(options);
  const found = await discovery(address, clientId, undefined, clientAuthentication(settings), {
    timeout: options.timeout ?? PROVIDER_TIMEOUT,
    execute: address.protocol === 'http:' ? [allowInsecureRequests] : [],
    [customFetch]: (url, request) => fetch(url, request as RequestInit),
  });
  const metadata = found.serverMetadata();
  requireIssuer(issuer, metadata);
  requireSafeEndpoints(issuer, metadata);
  return found;
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
