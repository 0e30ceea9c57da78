import {
  callbackPath,
  type ProviderSettings,
  slugOf,
} from '../outbound/identity-providers/provider-settings.ts';
import type { Config } from './config.ts';

/**
 * Asks a sign-in provider what it offers, as a sign-in does first, and returns the address that has to be
 * registered there. Its client library is loaded here, where it is needed, and by no other command.
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
