import {
  callbackPath,
  type ProviderSettings,
  slugOf,
} from '../outbound/identity-providers/provider-settings.ts';
import type { Config } from './config.ts';

/**
 * Requests a sign-in provider's configuration, as the first step of a sign-in does. Returns the address that must be
 * registered at the provider. Loads the client library here, so that other commands start without it.
 * @throws {MicroblogError} `provider_unavailable`, `provider_answer_invalid`.
 */
export async function checkIdentityProvider(
  settings: ProviderSettings,
  { origin = '', basePath }: Pick<Config['site'], 'origin' | 'basePath'>,
): Promise<{ readonly redirectUri: string }> {
  const { discover } = await import('../outbound/identity-providers/discovery.ts');
  const { providerError } = await import('../outbound/identity-providers/provider-error.ts');
  try {
    await discover(settings);
  } catch (error) {
    throw providerError(error, settings.name, 'discovery');
  }
  return { redirectUri: origin + basePath + callbackPath(slugOf(settings.name)) };
}
