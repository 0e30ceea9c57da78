const WELL_KNOWN = '/.well-known/openid-configuration';

/** The address at which an issuer publishes its metadata (OpenID Connect Discovery 1.0, section 4). */
export function metadataAddress(issuer: string): URL {
  return new URL(baseOf(issuer) + WELL_KNOWN);
}

/** True if an operator wrote the address of the metadata instead of the issuer. */
export function isMetadataAddress(issuer: string): boolean {
  return new URL(issuer).pathname.replace(/\/+$/, '').endsWith(WELL_KNOWN);
}

/**
 * An issuer without the slash at its end, and without the path of its metadata. Two spellings of one provider have the
 * same base.
 */
export function baseOf(issuer: string): string {
  const { href } = new URL(issuer);
  const path = href.replace(/\/+$/, '');
  return path.endsWith(WELL_KNOWN) ? path.slice(0, -WELL_KNOWN.length).replace(/\/+$/, '') : path;
}

/** What Microsoft Entra ID writes in its issuer where each token names its tenant. */
export const TENANT = '{tenantid}';

/** A tenant's id. */
const TENANT_ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * The issuer that Microsoft Entra ID states for several tenants, `https://login.microsoftonline.com/{tenantid}/v2.0`.
 * Null if the configured issuer is not of that kind.
 */
export function tenantTemplate(issuer: string): string | null {
  const base = baseOf(issuer);
  const template = base.replace(/\/(?:common|organizations|consumers)(?=\/v2\.0$)/, `/${TENANT}`);
  return template === base ? null : template;
}

/** The issuer of the tenant `tenant`. Null for an invalid id. */
export function issuerOfTenant(template: string, tenant: unknown): string | null {
  if (typeof tenant !== 'string' || !new RegExp(`^${TENANT_ID}$`, 'i').test(tenant)) return null;
  return template.replace(TENANT, tenant);
}

/** Whether an identity's issuer is that of the provider which is configured as `issuer`. */
export function isIssuedBy(issuer: string, identityIssuer: string): boolean {
  if (!URL.canParse(identityIssuer)) return false;
  const base = baseOf(identityIssuer);
  const template = tenantTemplate(issuer);
  if (template === null) return base === baseOf(issuer);
  const [before = '', after = ''] = template.split(TENANT);
  const tenant = base.slice(before.length, base.length - after.length);
  return issuerOfTenant(template, tenant) === base;
}
