import { isMicroblogError } from '@microblog/core';
import type { Config } from '@microblog/host-koa/composition';
import { type Finding, failure, ok, warn } from '../finding.ts';

type Provider = Config['identityProviders'][number];

/** Requests the settings of a provider. Throws if the answer is missing or invalid. */
export type AskProvider = (
  provider: Provider,
  site: Config['site'],
) => Promise<{ readonly redirectUri: string; readonly spelling?: string | null }>;

/** Whether users can start to sign in with each provider. Checks all in parallel. */
export function checkIdentityProviders(
  { identityProviders, site }: Pick<Config, 'identityProviders' | 'site'>,
  ask: AskProvider,
): Promise<Finding[]> {
  return Promise.all(identityProviders.map((provider) => checkOne(provider, site, ask)));
}

async function checkOne(provider: Provider, site: Config['site'], ask: AskProvider): Promise<Finding> {
  const { name, issuer } = provider;
  try {
    const { redirectUri, spelling = null } = await ask(provider, site);
    const message = `${name} answers; it has to know the redirect URI ${redirectUri}.`;
    return spelling === null
      ? ok('sign-in', message)
      : warn('sign-in', message, spellingRemedy(name, spelling));
  } catch (error) {
    const said = isMicroblogError(error) ? error.details.issuer : undefined;
    if (typeof said === 'string') return failure('sign-in', error, spellingRemedy(name, said));
    const remedy = `Open ${issuer.replace(/\/$/, '')}/.well-known/openid-configuration from this machine: it must answer, with the same issuer as in OIDC_PROVIDERS (docs/sign-in.md).`;
    return failure('sign-in', error, remedy);
  }
}

function spellingRemedy(name: string, issuer: string): string {
  return `In OIDC_PROVIDERS, write the issuer of ${name} as it calls itself: "issuer": "${issuer}" (docs/sign-in.md).`;
}
