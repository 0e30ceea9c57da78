import type { User } from './user.ts';

/** The users whose email hash others may see: none, those with a confirmed address, or all. */
export const emailHashRules = ['none', 'confirmed', 'all'] as const;
/** See `MicroblogOptions.emailHashes`. */
export type EmailHashRule = (typeof emailHashRules)[number];

/** Reserved domains (RFC 2606), used by sample people. No picture service knows such an address. */
const RESERVED = /[@.](invalid|test|example|localhost)$/;

/** Hashes that one hasher keeps at most: about 2 MB. */
const KEPT_HASHES = 10_000;

/** Returns the hash of a user's address that others may see, or null. */
export type EmailHasher = (user: Readonly<Pick<User, 'email' | 'emailVerifiedAt'>>) => Promise<string | null>;

/**
 * Makes a hasher of addresses. An address that is not confirmed may belong to a stranger, and would show the stranger's
 * picture: `rule` decides if it counts. Each hasher keeps the newest hashes, because a digest takes longer than all else
 * that is done to present a person.
 */
export function emailHasher(rule: EmailHashRule, { keep = KEPT_HASHES } = {}): EmailHasher {
  /** By address, the oldest first. */
  const kept = new Map<string, string>();

  return async ({ email, emailVerifiedAt }) => {
    if (email === null || rule === 'none' || (rule === 'confirmed' && emailVerifiedAt === null)) return null;
    const address = email.trim().toLowerCase();
    if (RESERVED.test(address)) return null;
    const known = kept.get(address);
    if (known !== undefined) return known;
    const hash = await sha256(address);
    kept.set(address, hash);
    for (const oldest of kept.keys()) {
      if (kept.size <= keep) break;
      kept.delete(oldest);
    }
    return hash;
  };
}

/** In hexadecimal digits. */
async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
