import type { AccountMails } from '../accounts/account-mails.ts';
import type { IdentityId } from '../kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Transaction } from '../ports/storage.ts';
import type { User } from '../users/user.ts';
import { provesAddress } from './identity-changes.ts';
import type { UsableIdentity } from './identity-input.ts';

/** Binds an identity to an account and notifies its owner. The caller has locked the account. Returns the account. */
export type BindIdentity = (user: User, identity: UsableIdentity, transaction: Transaction) => Promise<User>;

export interface IdentityBindingNeeds {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly mails: AccountMails;
}

export function identityBinding({ clock, ids, mails }: IdentityBindingNeeds): BindIdentity {
  return async (user, identity, transaction) => {
    const createdAt = clock.now();
    const { claims } = identity;
    await transaction.identities.insert([
      { ...claims, id: ids.next<IdentityId>(), userId: user.id, createdAt },
    ]);
    const changes = provesAddress(user, identity) ? { emailVerifiedAt: createdAt } : {};
    const bound = (await transaction.users.update(user.id, changes)) ?? user;
    await mails.notify(bound, { notice: 'identity_linked', issuer: claims.issuer }, transaction);
    return bound;
  };
}
