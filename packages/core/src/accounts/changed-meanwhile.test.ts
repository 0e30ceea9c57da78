import { describe, expect, it } from 'vitest';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import { cheapPasswordHasher } from '../testing/cheap-password-hasher.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { mailingMicroblog } from '../testing/mailing-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { operator, visitor } from './viewer.ts';

const email = 'ada@example.org';
const password = 'correct horse';
const theirs = 'an administrator’s horse';

/**
 * A member, and a hook that runs once during their next call: after the password is verified or hashed, before the
 * transaction.
 */
async function withAda({ outdated = false } = {}) {
  let meanwhile: (() => Promise<unknown>) | undefined;
  const cheap = cheapPasswordHasher();
  const interrupted = async <Result>(result: Promise<Result>): Promise<Result> => {
    const made = await result;
    const act = meanwhile;
    meanwhile = undefined;
    await act?.();
    return made;
  };
  const passwordHasher: PasswordHasher = {
    ...cheap,
    hash: (text) => interrupted(cheap.hash(text)),
    verify: (hash, text) => (outdated ? cheap.verify(hash, text) : interrupted(cheap.verify(hash, text))),
    needsRehash: () => outdated,
  };
  const microblog = testMicroblog({}, { passwordHasher });
  const { accounts } = microblog;
  const ada = await accounts.register(visitor, { nickname: 'ada', email, password });
  const setAnother = () => accounts.setPassword(operator, { nickname: 'ada', password: theirs });
  return {
    ...microblog,
    ada,
    /** During the next call, an administrator sets another password. */
    anotherMeanwhile() {
      meanwhile = setAnother;
    },
  };
}

describe('a password that is replaced while it is verified', () => {
  type Setup = Awaited<ReturnType<typeof withAda>>;
  const identity = { issuer: 'https://id.example.org', subject: '1' };

  it.each<[what: string, act: (setup: Setup) => Promise<unknown>]>([
    [
      'changes no password',
      ({ accounts, ada }) =>
        accounts.changePassword(ada, { currentPassword: password, password: 'a third horse' }),
    ],
    [
      'changes no address',
      ({ accounts, ada }) => accounts.changeEmail(ada, { email: 'b@example.org', password }),
    ],
    ['links no identity', ({ accounts, ada }) => accounts.linkIdentity(ada, identity, { password })],
    ['deletes no account', ({ accounts, ada }) => accounts.delete(ada, { password })],
  ])('%s', async (_, act) => {
    const setup = await withAda();
    setup.anotherMeanwhile();
    const error = await rejectsWith(act(setup), 'invalid_input');
    expect(error.details.fields).toMatchObject([{ problem: 'wrong_password' }]);
    expect(await setup.accounts.signIn({ login: 'ada', password: theirs })).toMatchObject({ email });
    expect(await setup.storage.identities.listByUser(setup.ada.id)).toEqual([]);
  });

  it('is not restored by renewing its hash', async () => {
    const { accounts, anotherMeanwhile, storage, ada } = await withAda({ outdated: true });
    await accounts.signIn({ login: 'ada', password });
    anotherMeanwhile();
    await accounts.signIn({ login: 'ada', password });
    await rejectsWith(accounts.signIn({ login: 'ada', password }), 'sign_in_failed');
    expect(await storage.users.find(ada.id)).toMatchObject({ sessionEpoch: 1 });
    expect((await accounts.signIn({ login: 'ada', password: theirs })).id).toBe(ada.id);
  });
});

describe('a password that is set during a call without one', () => {
  it('is required', async () => {
    const { accounts, member, storage } = testMicroblog();
    const ben = await member('ben');
    const { find } = storage.credentials;
    // The first read finds no password; the transaction finds one.
    Object.assign(storage.credentials, {
      find: async (...args: Parameters<typeof find>) => {
        const before = await find(...args);
        Object.assign(storage.credentials, { find });
        await accounts.setPassword(operator, { nickname: 'ben', password: theirs });
        return before;
      },
    });
    await rejectsWith(accounts.changeEmail(ben, { email: 'b@example.org' }), 'invalid_input');
    expect(await storage.users.find(ben.id)).toMatchObject({ email: 'ben@example.org' });
  });
});

describe('a link to a new password', () => {
  it.each<
    [what: string, meanwhile: 'time' | 'address' | 'suspension', code: 'token_invalid' | 'account_suspended']
  >([
    ['expires', 'time', 'token_invalid'],
    ['belongs to an earlier address', 'address', 'token_invalid'],
    ['belongs to a suspended member', 'suspension', 'account_suspended'],
  ])('that %s while the password is hashed changes nothing', async (_, what, code) => {
    const cheap = cheapPasswordHasher();
    let meanwhile: () => Promise<unknown> = async () => {};
    const microblog = mailingMicroblog({
      passwordHasher: {
        ...cheap,
        async hash(text) {
          await meanwhile();
          return cheap.hash(text);
        },
      },
    });
    const { accounts, storage, pass, clock, secretFor } = microblog;
    const { id } = await accounts.register(visitor, { nickname: 'ada', email, password });
    await accounts.requestPasswordReset({ email });
    const token = await secretFor(email);
    meanwhile = async () => {
      if (what === 'time') pass(60 * 60_000);
      else if (what === 'address') await storage.users.update(id, { email: 'b@example.org' });
      else await storage.users.update(id, { suspendedAt: clock.now() });
    };
    await rejectsWith(accounts.resetPassword({ token, password: theirs }), code);
    meanwhile = async () => {};
    await storage.users.update(id, { suspendedAt: null });
    expect((await accounts.signIn({ login: 'ada', password })).id).toBe(id);
  });
});
