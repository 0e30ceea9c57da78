import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
} from 'openid-client';
import type { ProviderSettings } from './provider-settings.ts';

/** Seconds for each call to a provider: somebody waits, and routers give up after thirty. */
export const PROVIDER_TIMEOUT = 5;
/** What a provider says of itself changes by the year. */
const KEPT_MS = 60 * 60 * 1000;
/** With an older answer at hand, nobody else waits for a provider that was just not reached. */
const PAUSE_MS = 60 * 1000;

export interface DiscoveryOptions {
  /** In seconds, for each call. Default: `PROVIDER_TIMEOUT`. */
  readonly timeout?: number | undefined;
}

/**
 * Asks a provider for its addresses and abilities.
 * @throws what openid-client throws: see `providerError`.
 */
export function discover(
  { issuer, clientId, clientSecret }: ProviderSettings,
  { timeout = PROVIDER_TIMEOUT }: DiscoveryOptions = {},
): Promise<Configuration> {
  const server = new URL(issuer);
  return discovery(server, clientId, undefined, authentication(clientSecret), {
    timeout,
    // The settings take http for loopback alone.
    execute: server.protocol === 'http:' ? [allowInsecureRequests] : [],
  });
}

/**
 * The same, asked when it is needed first, and then at most once an hour. Those who ask at once share one
 * answer. A provider that was not reached is asked anew the next time; an older answer is good until then.
 */
export function discovered(
  settings: ProviderSettings,
  options?: DiscoveryOptions,
): () => Promise<Configuration> {
  let kept: { readonly configuration: Configuration; readonly until: number } | undefined;
  let asking: Promise<Configuration> | undefined;
  async function ask(): Promise<Configuration> {
    try {
      const configuration = await discover(settings, options);
      kept = { configuration, until: Date.now() + KEPT_MS };
      return configuration;
    } catch (error) {
      if (kept === undefined) throw error;
      kept = { ...kept, until: Date.now() + PAUSE_MS };
      return kept.configuration;
    } finally {
      asking = undefined;
    }
  }
  return async () => {
    if (kept !== undefined && Date.now() < kept.until) return kept.configuration;
    asking ??= ask();
    return asking;
  };
}

/** How the provider wants the secret: in a header, where it takes that (RFC 6749, section 2.3.1), else in the form. */
function authentication(clientSecret: string): ClientAuth {
  const basic = ClientSecretBasic(clientSecret);
  const post = ClientSecretPost(clientSecret);
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const inForm = methods.includes('client_secret_post') && !methods.includes('client_secret_basic');
    (inForm ? post : basic)(server, ...request);
  };
}
