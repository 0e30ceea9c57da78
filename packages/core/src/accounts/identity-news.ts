import type { Identity, IdentityChanges, IdentityWithUser } from '../identities/identity.ts';
import { isSameAddress } from '../users/email.ts';
import type { User, UserChanges } from '../users/user.ts';
import type { UsableIdentity } from './identity-input.ts';

/** Whether the provider knows what is not known here: that the account's address is the person's. */
export function provesAddress(user: User, { word, emailVerified }: UsableIdentity): boolean {
  return emailVerified && user.emailVerifiedAt === null && isSameAddress(user.email, word.email);
}

/** What the provider says otherwise than before. */
export function newsOf(before: Identity, { word }: UsableIdentity): IdentityChanges {
  const fields = ['nickname', 'email', 'avatarUrl', 'locale'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => (word[field] === before[field] ? [] : [[field, word[field]]])),
  );
}

/** Whether anything here is to change by what the provider says. */
export function hasNews({ identity: before, user }: IdentityWithUser, identity: UsableIdentity): boolean {
  return Object.keys(newsOf(before, identity)).length > 0 || provesAddress(user, identity);
}

/** A picture follows the provider's as long as it is the one that came from there. */
export function changesOf(before: Identity, user: User, identity: UsableIdentity, now: Date): UserChanges {
  const { avatarUrl } = identity.word;
  return {
    ...(user.avatarUrl === before.avatarUrl && avatarUrl !== user.avatarUrl ? { avatarUrl } : {}),
    ...(provesAddress(user, identity) ? { emailVerifiedAt: now } : {}),
  };
}
