import { isSameAddress } from '../users/email.ts';
import type { User, UserChanges } from '../users/user.ts';
import type { Identity, IdentityChanges, IdentityWithUser } from './identity.ts';
import type { UsableIdentity } from './identity-input.ts';
import type { IdentityClaims } from './newcomers.ts';

const changeable = ['nickname', 'email', 'avatarUrl', 'locale'] as const;

type StatedClaims = {
  readonly [Field in (typeof changeable)[number]]: IdentityClaims[Field] | undefined;
};

/** Whether the identity verifies the account's address, which was not confirmed before. */
export function provesAddress(user: User, { claims, emailVerified }: UsableIdentity): boolean {
  return emailVerified && user.emailVerifiedAt === null && isSameAddress(user.email, claims.email);
}

/** The claims that differ from the stored identity. An undefined claim was not stated and counts as unchanged. */
export function changedClaims(before: Identity, claims: StatedClaims): IdentityChanges {
  return Object.fromEntries(
    changeable.flatMap((field) => {
      const claim = claims[field];
      return claim === undefined || claim === before[field] ? [] : [[field, claim]];
    }),
  );
}

/** Whether the stored identity or the account must be updated. */
export function hasChangedClaims(
  { identity: before, user }: IdentityWithUser,
  identity: UsableIdentity,
): boolean {
  return Object.keys(changedClaims(before, identity.claims)).length > 0 || provesAddress(user, identity);
}

/** The picture is updated only if the account still has the provider's earlier picture. */
export function changesOf(before: Identity, user: User, identity: UsableIdentity, now: Date): UserChanges {
  const { avatarUrl } = identity.claims;
  return {
    ...(user.avatarUrl === before.avatarUrl && avatarUrl !== user.avatarUrl ? { avatarUrl } : {}),
    ...(provesAddress(user, identity) ? { emailVerifiedAt: now } : {}),
  };
}
