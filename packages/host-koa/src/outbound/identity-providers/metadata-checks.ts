import type { ServerMetadata } from 'openid-client';
import { baseOf, isMetadataAddress, tenantTemplate } from './issuer.ts';
import { MetadataError } from './metadata-error.ts';

/** The reason that openid-client gives for an issuer that differs, which operators find in docs/sign-in.md. */
const DIFFERS = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
/** A longer one is not repeated in messages. */
const MAX_SHOWN = 300;

/**
 * Checks that metadata names the configured issuer, letter by letter (OpenID Connect Discovery 1.0, section 4.3). If
 * the address of the metadata is configured, the issuer may end with a slash or not. Microsoft Entra ID names a
 * template for several tenants.
 * @throws {MetadataError}
 */
export function requireIssuer(configured: string, { issuer }: ServerMetadata): void {
  const said = URL.canParse(issuer) ? new URL(issuer).href : null;
  const template = tenantTemplate(configured);
  if (template !== null && issuer === template) return;
  if (said !== null && said === new URL(configured).href) return;
  if (said !== null && isMetadataAddress(configured) && baseOf(issuer) === baseOf(configured)) return;
  throw new MetadataError(DIFFERS, said !== null && issuer.length <= MAX_SHOWN ? issuer : null);
}

/**
 * Checks the addresses to which people and secrets are sent: `https`, or `http` as the configured issuer has it.
 * @throws {MetadataError}
 */
export function requireSafeEndpoints(configured: string, metadata: ServerMetadata): void {
  const allowed = new URL(configured).protocol === 'http:' ? ['https:', 'http:'] : ['https:'];
  for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'] as const) {
    const address: unknown = metadata[name];
    if (address === undefined && name === 'userinfo_endpoint') continue;
    if (typeof address !== 'string' || !URL.canParse(address) || !allowed.includes(new URL(address).protocol))
      throw new MetadataError(name);
  }
}
