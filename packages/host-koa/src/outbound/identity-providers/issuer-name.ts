/** How people are told of an issuer that nobody here has named: by its host. */
export function issuerName(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : issuer;
}
