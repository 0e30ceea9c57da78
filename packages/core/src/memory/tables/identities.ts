import type { Identity, IdentityRepository, IdentityWithUser } from '../../identities/identity.ts';
import { MicroblogError } from '../../kernel/errors.ts';
import { compareIds } from '../../kernel/ids.ts';
import { idClash, identityKey, requireUser, type Tables } from '../tables.ts';

export function memoryIdentities(tables: () => Tables): IdentityRepository {
  const withUser = (identity: Identity | undefined): IdentityWithUser[] => {
    const user = identity === undefined ? undefined : tables().users.get(identity.userId);
    return identity === undefined || user === undefined ? [] : [{ identity, user }];
  };
  return {
    async insert(all) {
      for (const identity of all) {
        const { identities } = tables();
        const key = identityKey(identity.issuer, identity.subject);
        requireUser(tables(), identity.userId);
        if (identities.has(key)) throw identityTaken();
        if ([...identities.values()].some(({ id }) => id === identity.id)) throw idClash(identity.id);
        identities.set(key, identity);
      }
    },
    async find(issuer, subject) {
      return withUser(tables().identities.get(identityKey(issuer, subject)))[0] ?? null;
    },
    async findMany(issuer, subjects) {
      const { identities } = tables();
      return [...new Set(subjects)].flatMap((subject) =>
        withUser(identities.get(identityKey(issuer, subject))),
      );
    },
    async listByUser(userId) {
      const own = [...tables().identities.values()].filter((identity) => identity.userId === userId);
      return own.sort((a, b) => compareIds(b.id, a.id));
    },
    async update(issuer, subject, changes) {
      const key = identityKey(issuer, subject);
      const identity = tables().identities.get(key);
      if (identity === undefined) return null;
      const changed = { ...identity, ...changes };
      tables().identities.set(key, changed);
      return changed;
    },
    async delete(issuer, subject) {
      return tables().identities.delete(identityKey(issuer, subject));
    },
  };
}

function identityTaken() {
  return new MicroblogError('identity_taken', 'That identity belongs to somebody already.');
}
