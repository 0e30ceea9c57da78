/** Whose addresses may be recognised by their hash: nobody's, those of confirmed addresses, or everybody's. */
export const emailHashRules = ['none', 'confirmed', 'all'] as const;
/** See `MicroblogOptions.emailHashes`. */
export type EmailHashRule = (typeof emailHashRules)[number];

/** Domains that belong to nobody (RFC 2606), such as those of sample people: no picture service knows them. */
const RESERVED = /[@.](invalid|test|example|localhost)$/;

/**
 * The hash of an address that others may see. An address that was not confirmed may be a stranger's, and would show
 * the stranger's picture: the rule says whether it counts.
 */
export async function emailHash(
  { email, emailVerifiedAt }: { readonly email: string | null; readonly emailVerifiedAt: Date | null },
  rule: EmailHashRule,
): Promise<string | null> {
  if (email === null || rule === 'none' || (rule === 'confirmed' && emailVerifiedAt === null)) return null;
  const address = email.trim().toLowerCase();
  if (RESERVED.test(address)) return null;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
