import { pbkdf2PasswordHasher } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { argon2PasswordHasher } from './argon2-password-hasher.ts';

const hasher = argon2PasswordHasher();

describe('argon2PasswordHasher', () => {
  it('hashes with the parameters of the OWASP sheet', async () => {
    const hash = await hasher.hash('secret');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hasher.needsRehash(hash)).toBe(false);
  });

  it('verifies the password that it hashed, and no other', async () => {
    const hash = await hasher.hash('contraseña 😀');
    expect(await hasher.verify(hash, 'contraseña 😀')).toBe(true);
    expect(await hasher.verify(hash, 'contrasena 😀')).toBe(false);
    expect(await hasher.verify(hash, '')).toBe(false);
  });

  it('makes another hash each time', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it("answers false to another hasher's hash, which it wants renewed", async () => {
    const foreign = await pbkdf2PasswordHasher(1).hash('secret');
    expect(await hasher.verify(foreign, 'secret')).toBe(false);
    expect(hasher.needsRehash(foreign)).toBe(true);
  });

  it.each(['', 'plain', '$argon2id$', '$argon2id$v=19$m=19456,t=2,p=1$broken'])(
    'answers false, without an error, to %j',
    async (hash) => expect(await hasher.verify(hash, 'secret')).toBe(false),
  );

  it.each([
    '$argon2id$v=19$m=9728,t=2,p=1$c2FsdHNhbHQ$a2V5',
    '$argon2id$v=19$m=19456,t=1,p=1$c2FsdHNhbHQ$a2V5',
    '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$a2V5',
  ])('wants %s renewed', (hash) => expect(hasher.needsRehash(hash)).toBe(true));
});
