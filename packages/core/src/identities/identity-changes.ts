import { isSameAddress } from '../users/email.ts';
import type { User, UserChanges } from '../users/user.ts';
import type { Identity, IdentityChanges, IdentityWithUser } from './identity.ts';
import type { UsableIdentity } from './identity-input.ts';

/** Whether the provider knows what is not known here: that the account's address is the person's. */
export function provesAddress(user: User, { claims, emailVerified }: UsableIdentity): boolean {
  return emailVerified && user.emailVerifiedAt === null && isSameAddress(user.email, claims.email);
}

/** The claims that differ from those of the last sign-in. */
export function changedClaims(before: Identity, { claims }: UsableIdentity): IdentityChanges {
  const fields = ['nickname', 'email', 'avatarUrl', 'locale'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => (claims[field] === before[field] ? [] : [[field, claims[field]]])),
  );
}

/** Whether the stored identity or the account must be updated. */
export function hasChangedClaims(
  { identity: before, user }: IdentityWithUser,
  identity: UsableIdentity,
): boolean {
  return Object.keys(changedClaims(before, identity)).length > 0 || provesAddress(user, identity);
}

/** A picture follows the provider's as long as it is the one that came from there. */
export function changesOf(before: Identity, user: User, identity: UsableIdentity, now: Date): UserChanges {
  const { avatarUrl } = identity.claims;
  return {
    ...(user.avatarUrl === before.avatarUrl && avatarUrl !== user.avatarUrl ? { avatarUrl } : {}),
    ...(provesAddress(user, identity) ? { emailVerifiedAt: now } : {}),
  };
}
