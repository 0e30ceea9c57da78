import type { OutgoingProxies } from '../outbound/http/outgoing-fetch.ts';
import { isMetadataAddress } from '../outbound/identity-providers/issuer.ts';
import {
  callbackPath,
  type ProviderSettings,
  slugOf,
} from '../outbound/identity-providers/provider-settings.ts';
import type { Config } from './config.ts';

export interface CheckedProvider {
  /** The address that must be registered at the provider. */
  readonly redirectUri: string;
  /** The issuer as the provider writes it, if the configured one is the address of its metadata; else null. */
  readonly spelling: string | null;
}

/**
 * Requests a sign-in provider's configuration, as the first step of a sign-in does. Loads the client library here, so that other commands start without it.
 * @throws {MicroblogError} `provider_unavailable`, `provider_answer_invalid`.
 */
export async function checkIdentityProvider(
  settings: ProviderSettings,
  { origin = '', basePath }: Pick<Config['site'], 'origin' | 'basePath'>,
  proxies?: OutgoingProxies,
): Promise<CheckedProvider> {
  const { discover } = await import('../outbound/identity-providers/discovery.ts');
  const { outgoingFetch } = await import('../outbound/http/outgoing-fetch.ts');
  const { providerError } = await import('../outbound/identity-providers/provider-error.ts');
  try {
    const configuration = await discover(settings, { fetch: outgoingFetch(proxies) });
    const { issuer } = configuration.serverMetadata();
    const redirectUri = origin + basePath + callbackPath(slugOf(settings.name));
    return { redirectUri, spelling: isMetadataAddress(settings.issuer) ? issuer : null };
  } catch (error) {
    throw providerError(error, settings.name, 'discovery');
  }
}
