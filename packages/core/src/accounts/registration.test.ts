import { describe, expect, it } from 'vitest';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';
import type { RegistrationInput } from './account-input.ts';
import { operator, visitor } from './viewer.ts';

const john = (changes: Partial<RegistrationInput> = {}): RegistrationInput => ({
  nickname: 'john',
  email: 'john@example.org',
  password: 'correct horse',
  ...changes,
});

describe('accounts.register', () => {
  it('creates a member with the current time and no posts or follows', async () => {
    const { accounts, clock } = testMicroblog();
    const user = await accounts.register(visitor, john({ locale: 'es' }));
    expect(user).toMatchObject({
      nickname: 'john',
      email: 'john@example.org',
      role: 'member',
      locale: 'es',
      createdAt: clock.now(),
      lastSeenAt: null,
      suspendedAt: null,
      postCount: 0,
    });
  });

  it('stores only a hash of the password', async () => {
    const { accounts, storage } = testMicroblog();
    const user = await accounts.register(visitor, john());
    const credential = await storage.credentials.find(user.id);
    expect(credential?.passwordHash).toMatch(/^pbkdf2-sha256\$/);
    expect(JSON.stringify([user, credential])).not.toContain('correct horse');
  });

  it('names each invalid field once, in the order of the form', async () => {
    const { accounts } = testMicroblog();
    const error = await rejectsWith(
      accounts.register(visitor, { nickname: 'no way', email: 'nowhere', password: 'short' }),
      'invalid_input',
    );
    expect(error.details.fields?.map(({ field, problem }) => [field, problem])).toEqual([
      ['nickname', 'nickname_characters'],
      ['email', 'email_malformed'],
      ['password', 'too_short'],
    ]);
  });

  it.each([
    ['', 'required'],
    ['1234567', 'too_short'],
    ['x'.repeat(129), 'too_long'],
    ['nul\0nul\0nul', 'unusable_characters'],
    ['lone \ud800 half', 'unusable_characters'],
  ])('refuses the password %j', async (password, problem) => {
    const error = await rejectsWith(
      testMicroblog().accounts.register(visitor, john({ password })),
      'invalid_input',
    );
    expect(error.details.fields).toMatchObject([{ field: 'password', problem }]);
  });

  it.each([' 8 spaces ', 'contraseña', '😀😀😀😀', 'x'.repeat(128)])(
    'takes the password %j as it was typed',
    async (password) => {
      const { accounts } = testMicroblog();
      await accounts.register(visitor, john({ password }));
      await expect(accounts.signIn({ login: 'john', password })).resolves.toMatchObject({ nickname: 'john' });
      await rejectsWith(accounts.signIn({ login: 'john', password: `${password} ` }), 'sign_in_failed');
    },
  );

  it('refuses a nickname that is taken in another case', async () => {
    const { accounts, member } = testMicroblog();
    await member('John');
    const error = await rejectsWith(
      accounts.register(visitor, john({ email: 'other@example.org' })),
      'nickname_taken',
    );
    expect(error.details.fields).toMatchObject([{ field: 'nickname', problem: 'taken' }]);
  });

  it('refuses an e-mail address that is taken in another case', async () => {
    const { accounts, storage } = testMicroblog();
    await accounts.register(visitor, john());
    const error = await rejectsWith(
      accounts.register(visitor, john({ nickname: 'mary', email: 'JOHN@Example.org' })),
      'email_taken',
    );
    expect(error.details.fields).toMatchObject([{ field: 'email', problem: 'taken' }]);
    expect(await storage.users.findByNickname('mary')).toBeNull();
  });

  it('gives a nickname to one of two who register it at once', async () => {
    const { accounts } = testMicroblog();
    const outcomes = await Promise.allSettled([
      accounts.register(visitor, john({ email: 'a@example.org' })),
      accounts.register(visitor, john({ nickname: 'JOHN', email: 'b@example.org' })),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('creates no account if the password cannot be stored', async () => {
    const { accounts, storage } = testMicroblog(
      {},
      {
        passwordHasher: {
          hash: () => Promise.reject(new Error('no memory')),
          verify: async () => false,
          recognizes: () => true,
          needsRehash: () => false,
        },
      },
    );
    await expect(accounts.register(visitor, john())).rejects.toThrow('no memory');
    expect(await storage.users.findByNickname('john')).toBeNull();
  });
});

describe('accounts.register while registration is closed', () => {
  it('refuses visitors and members before it checks their input', async () => {
    const { accounts, member } = testMicroblog({ registration: 'closed' });
    await rejectsWith(accounts.register(visitor, john({ nickname: '' })), 'registration_closed');
    await rejectsWith(accounts.register(await member('mary'), john()), 'registration_closed');
  });

  it('lets administrators create accounts', async () => {
    const { accounts, member } = testMicroblog({ registration: 'closed' });
    const admin = await member('mary', { role: 'admin' });
    await expect(accounts.register(admin, john())).resolves.toMatchObject({ nickname: 'john' });
    await expect(
      accounts.register(operator, john({ nickname: 'jim', email: 'jim@example.org' })),
    ).resolves.toMatchObject({ nickname: 'jim' });
  });

  it('refuses a suspended administrator', async () => {
    const { accounts, clock, member } = testMicroblog({ registration: 'closed' });
    const admin = await member('mary', { role: 'admin', suspendedAt: clock.now() });
    await rejectsWith(accounts.register(admin, john()), 'registration_closed');
  });
});

describe('accounts.register with a role', () => {
  it.each(['moderator', 'admin'] as const)('lets only administrators give the role %s', async (role) => {
    const { accounts, member } = testMicroblog();
    const moderator = await member('mary', { role: 'moderator' });
    await rejectsWith(accounts.register(visitor, john({ role })), 'forbidden');
    await rejectsWith(accounts.register(moderator, john({ role })), 'forbidden');
    await expect(accounts.register(operator, john({ role }))).resolves.toMatchObject({ role });
  });

  it('refuses an unknown role', async () => {
    const { accounts } = testMicroblog();
    const input = { ...john(), role: 'owner' } as unknown as RegistrationInput;
    await rejectsWith(accounts.register(operator, input), 'invalid_input');
  });
});
