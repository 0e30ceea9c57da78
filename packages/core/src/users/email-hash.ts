/** The users whose email hash others may see: none, those with a confirmed address, or all. */
export const emailHashRules = ['none', 'confirmed', 'all'] as const;
/** See `MicroblogOptions.emailHashes`. */
export type EmailHashRule = (typeof emailHashRules)[number];

/** Reserved domains (RFC 2606), used by sample people. No picture service knows such an address. */
const RESERVED = /[@.](invalid|test|example|localhost)$/;

/**
 * The hash of a user's address that others may see, or null. An address that is not confirmed may belong to a stranger,
 * and would show the stranger's picture: `rule` decides if it counts.
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
