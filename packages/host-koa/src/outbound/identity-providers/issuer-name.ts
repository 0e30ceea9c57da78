/** The name of an issuer without a configured name: its host. */
export function issuerName(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
