import { createHash } from 'node:crypto';
import type { User } from '@microblog/core';
import { checkedOrigins } from './avatar-origins.ts';

/** Pixels: twice what is shown in lists (44) and at the head of a profile (96), for screens of high density. */
export type GravatarSize = 96 | 192;

/** Pictures that people gave to Gravatar, by the hash of their address. */
export interface Gravatar {
  /** Where they come from; null where none are shown. */
  readonly origin: string | null;
  /** Null for somebody whose address does not count, and where none are shown. */
  pictureOf(user: GravatarUser, size: GravatarSize, missing?: 'blank' | 'identicon'): string | null;
}

export type GravatarUser = Pick<User, 'email' | 'emailVerifiedAt'>;

/** Documented at https://docs.gravatar.com/rest/avatars/images/. */
export const GRAVATAR_ORIGIN = 'https://gravatar.com';

export const noGravatar: Gravatar = { origin: null, pictureOf: () => null };

/** Domains that belong to nobody (RFC 2606), such as that of sample people: nothing is asked about them. */
const NOBODY = /[@.](invalid|test|example|localhost)$/;

/**
 * An address that nobody has confirmed may be somebody else's, and would show their face: it counts only where
 * `confirmed` is false, since nothing can be confirmed there, or who signs people in vouches for it. The hash is
 * the SHA-256 that Gravatar asks for; no page ever holds the address, or the older MD5 of it.
 * @throws {Error} for an origin that is none.
 */
export function gravatar({ origin, confirmed }: { origin: string; confirmed: boolean }): Gravatar {
  checkedOrigins([origin], 'gravatar');
  return {
    origin,
    pictureOf({ email, emailVerifiedAt }, size, missing = 'blank') {
      if (email === null || (confirmed && emailVerifiedAt === null)) return null;
      const address = email.trim().toLowerCase();
      if (NOBODY.test(address)) return null;
      const hash = createHash('sha256').update(address).digest('hex');
      return `${origin}/avatar/${hash}?s=${size}&d=${missing}`;
    },
  };
}
