import type { Person } from '@microblog/core';
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

export type GravatarUser = Pick<Person, 'emailHash'>;

/** Documented at https://docs.gravatar.com/rest/avatars/images/. */
export const GRAVATAR_ORIGIN = 'https://gravatar.com';

export const noGravatar: Gravatar = { origin: null, pictureOf: () => null };

/**
 * The pictures of a service that answers like Gravatar. Core says by its option `emailHashes` whose hash is known; no
 * page ever holds an address, or the older MD5 of it.
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
