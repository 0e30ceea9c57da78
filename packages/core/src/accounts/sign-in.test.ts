import { describe, expect, it } from 'vitest';
import { cheapPasswordHasher } from '../testing/cheap-password-hasher.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import { pbkdf2PasswordHasher } from './pbkdf2-password-hasher.ts';
import { operator, visitor } from './viewer.ts';

const PASSWORD = 'correct horse';

/** A microblog that counts the hasher's work. John has an account. */
async function withJohn() {
  const hasher = cheapPasswordHasher();
  const work = { hash: 0, verify: 0 };
  const microblog = testMicroblog(
    {},
    {
      passwordHasher: {
        ...hasher,
        hash(password) {
          work.hash++;
          return hasher.hash(password);
        },
        verify(hash, password) {
          work.verify++;
          return hasher.verify(hash, password);
        },
      },
    },
  );
  const john = await microblog.accounts.register(visitor, {
    nickname: 'John',
    email: 'John@example.org',
    password: PASSWORD,
  });
  const signIn = (login: string, password = PASSWORD) => microblog.accounts.signIn({ login, password });
  return { ...microblog, john, signIn, work };
}

describe('accounts.signIn', () => {
  it.each(['ada@россия.рф', 'ADA@РОССИЯ.РФ', 'ada@xn--h1alffa9f.xn--p1ai'])(
    'knows an address whatever the spelling of its domain: %s',
    async (login) => {
      const { accounts } = testMicroblog();
      const form = { nickname: 'ada', email: 'ada@Россия.рф', password: PASSWORD };
      const ada = await accounts.register(visitor, form);
      expect(ada.email).toBe('ada@xn--h1alffa9f.xn--p1ai');
      expect((await accounts.signIn({ login, password: PASSWORD })).id).toBe(ada.id);
      await rejectsWith(
        accounts.register(visitor, { ...form, nickname: 'eva', email: login }),
        'email_taken',
      );
    },
  );

  it('knows an address that an earlier release took', async () => {
    const { accounts, member } = testMicroblog();
    const ada = await member('ada', { email: `${'a'.repeat(70)}@example.org` });
    await accounts.setPassword(operator, { nickname: 'ada', password: PASSWORD });
    const login = `${'A'.repeat(70)}@example.org`;
    expect((await accounts.signIn({ login, password: PASSWORD })).id).toBe(ada.id);
  });

  it.each([
    'John',
    'john',
    'JOHN',
    ' john ',
    'john@example.org',
    'JOHN@EXAMPLE.ORG',
    '@john',
    'John@ｅｘａｍｐｌｅ.org',
  ])('knows John as %j', async (login) => {
    const { john, signIn } = await withJohn();
    expect((await signIn(login)).id).toBe(john.id);
  });

  it.each(['correct horse ', 'Correct horse', 'correct'])('refuses the password %j', async (password) => {
    const { signIn } = await withJohn();
    await rejectsWith(signIn('john', password), 'sign_in_failed');
  });

  it.each([
    'nobody',
    'nobody@example.org',
    '@',
    'john\0',
    'john@example.org\0',
    '\ud800',
    '../john',
    'x'.repeat(10_000),
  ])('refuses the login %j', async (login) => {
    const { signIn } = await withJohn();
    await rejectsWith(signIn(login), 'sign_in_failed');
  });

  it('throws the same error for an unknown login and a wrong password', async () => {
    const { signIn } = await withJohn();
    const unknown = await rejectsWith(signIn('nobody'), 'sign_in_failed');
    const wrong = await rejectsWith(signIn('john', 'wrong'), 'sign_in_failed');
    expect([unknown.message, unknown.details]).toEqual([wrong.message, wrong.details]);
  });

  it('does the same work for an unknown login, a wrong password and an account without one', async () => {
    const { member, signIn, work } = await withJohn();
    await member('guest');
    await rejectsWith(signIn('warm up'), 'sign_in_failed');
    const workOf = async (login: string, password: string) => {
      Object.assign(work, { hash: 0, verify: 0 });
      await rejectsWith(signIn(login, password), 'sign_in_failed');
      return { ...work };
    };
    expect(await workOf('nobody', PASSWORD)).toEqual({ hash: 0, verify: 1 });
    expect(await workOf('john', 'wrong')).toEqual({ hash: 0, verify: 1 });
    expect(await workOf('guest', PASSWORD)).toEqual({ hash: 0, verify: 1 });
  });

  it('does the same work on the very first sign-in', async () => {
    const works = ['nobody', 'john'].map(async (login) => {
      const { signIn, work } = await withJohn();
      await rejectsWith(signIn(login, 'wrong'), 'sign_in_failed');
      return work;
    });
    const [unknown, wrong] = await Promise.all(works);
    expect(unknown).toEqual(wrong);
  });

  it('names the empty fields', async () => {
    const { signIn } = await withJohn();
    const error = await rejectsWith(signIn('  ', ''), 'invalid_input');
    expect(error.details.fields?.map(({ field, problem }) => [field, problem])).toEqual([
      ['login', 'required'],
      ['password', 'required'],
    ]);
  });

  it('spends no more on a huge password than on one that fits', async () => {
    const { signIn } = await withJohn();
    await rejectsWith(signIn('john', PASSWORD + 'x'.repeat(1_000_000)), 'sign_in_failed');
  });

  it('reports a suspension only if the password is right', async () => {
    const { clock, john, signIn, storage } = await withJohn();
    await storage.users.update(john.id, { suspendedAt: clock.now() });
    await rejectsWith(signIn('john', 'wrong'), 'sign_in_failed');
    await rejectsWith(signIn('john'), 'account_suspended');
  });
});

describe('accounts.signIn with a hash of weaker parameters', () => {
  async function withOldHash() {
    const strong = pbkdf2PasswordHasher(2);
    const microblog = testMicroblog({}, { passwordHasher: strong });
    const john = await microblog.member('john');
    const passwordHash = await cheapPasswordHasher().hash(PASSWORD);
    await microblog.storage.credentials.save({ userId: john.id, passwordHash, changedAt: john.createdAt });
    const storedHash = async () => (await microblog.storage.credentials.find(john.id))?.passwordHash;
    return { ...microblog, john, passwordHash, storedHash };
  }

  it('renews the hash, and the password still works', async () => {
    const { accounts, storedHash } = await withOldHash();
    await accounts.signIn({ login: 'john', password: PASSWORD });
    expect(await storedHash()).toMatch(/^pbkdf2-sha256\$2\$/);
    await expect(accounts.signIn({ login: 'john', password: PASSWORD })).resolves.toMatchObject({
      nickname: 'john',
    });
  });

  it('keeps the hash after a wrong password', async () => {
    const { accounts, passwordHash, storedHash } = await withOldHash();
    await rejectsWith(accounts.signIn({ login: 'john', password: 'wrong' }), 'sign_in_failed');
    expect(await storedHash()).toBe(passwordHash);
  });
});

describe('accounts.resumeSession', () => {
  it('returns the account of a running session', async () => {
    const { accounts, john } = await withJohn();
    expect(await accounts.resumeSession({ userId: john.id, epoch: 0 })).toMatchObject({ id: john.id });
  });

  it('ends all sessions of an earlier epoch', async () => {
    const { accounts, john, storage } = await withJohn();
    await storage.users.update(john.id, { sessionEpoch: 1 });
    expect(await accounts.resumeSession({ userId: john.id, epoch: 0 })).toBeNull();
    expect(await accounts.resumeSession({ userId: john.id, epoch: 1 })).toMatchObject({ id: john.id });
  });

  it('ends the sessions of a suspended account', async () => {
    const { accounts, clock, john, storage } = await withJohn();
    await storage.users.update(john.id, { suspendedAt: clock.now() });
    expect(await accounts.resumeSession({ userId: john.id, epoch: 0 })).toBeNull();
  });

  it.each(['42', '', 'john', '1'.repeat(30)])('returns null for the id %j', async (userId) => {
    const { accounts } = await withJohn();
    expect(await accounts.resumeSession({ userId, epoch: 0 })).toBeNull();
  });
});
