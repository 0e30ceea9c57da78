import type { Person } from '@microblog/core';
import { checkedOrigins } from './avatar-origins.ts';

/** Pixels: twice the size in lists (44) and of the profile header (96), for high-density screens. */
export type GravatarSize = 96 | 192;

/** Pictures at Gravatar, by the hash of a person's address. */
export interface Gravatar {
  /** The origin of the pictures; null if they are switched off. */
  readonly origin: string | null;
  /** Null if the person's address does not count, and if the pictures are switched off. */
  pictureOf(user: GravatarUser, size: GravatarSize, missing?: 'blank' | 'identicon'): string | null;
}

export type GravatarUser = Pick<Person, 'emailHash'>;

/** Documented at https://docs.gravatar.com/rest/avatars/images/. */
export const GRAVATAR_ORIGIN = 'https://gravatar.com';

export const noGravatar: Gravatar = { origin: null, pictureOf: () => null };

/**
 * Pictures of a service that answers like Gravatar. Core's option `emailHashes` decides whose hash is known; no page
 * ever holds an address or its older MD5.
 * @throws {Error} for an invalid origin.
 */
export function gravatar({ origin }: { readonly origin: string }): Gravatar {
  checkedOrigins([origin], 'gravatar');
  return {
    origin,
    pictureOf({ emailHash }, size, missing = 'blank') {
      return emailHash === null ? null : `${origin}/avatar/${emailHash}?s=${size}&d=${missing}`;
    },
  };
}
