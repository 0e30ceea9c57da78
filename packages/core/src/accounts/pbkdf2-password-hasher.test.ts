import { pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pbkdf2PasswordHasher } from './pbkdf2-password-hasher.ts';

const hasher = pbkdf2PasswordHasher(3);

describe('pbkdf2PasswordHasher', () => {
  it('verifies the password that it hashed, and no other', async () => {
    const hash = await hasher.hash('contraseña 😀');
    expect(await hasher.verify(hash, 'contraseña 😀')).toBe(true);
    expect(await hasher.verify(hash, 'contrasena 😀')).toBe(false);
    expect(await hasher.verify(hash, '')).toBe(false);
  });

  it('makes another hash each time', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('verifies a hash from another implementation of PBKDF2', async () => {
    const salt = Buffer.alloc(16, 7);
    const key = pbkdf2Sync('passwd', salt, 5, 32, 'sha256');
    const hash = `pbkdf2-sha256$5$${salt.toString('base64url')}$${key.toString('base64url')}`;
    expect(await hasher.verify(hash, 'passwd')).toBe(true);
  });

  it.each([
    '',
    'plain',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$a2V5',
    'pbkdf2-sha256$x$c2FsdA$a2V5',
    'pbkdf2-sha256$0$c2FsdA$a2V5',
    `pbkdf2-sha256$0$${'a'.repeat(22)}$${'a'.repeat(43)}`,
    'pbkdf2-sha256$1$a$a',
  ])('returns false, without an error, for the hash %j', async (hash) =>
    expect(await hasher.verify(hash, 'passwd')).toBe(false),
  );

  it('verifies a hash with other parameters, and asks to renew weaker ones', async () => {
    const weaker = await pbkdf2PasswordHasher(2).hash('secret');
    const stronger = await pbkdf2PasswordHasher(4).hash('secret');
    expect(await hasher.verify(weaker, 'secret')).toBe(true);
    expect([weaker, stronger, 'foreign'].map(hasher.needsRehash)).toEqual([true, false, true]);
  });

  it('hashes with 600,000 iterations by default, as OWASP asks', async () => {
    expect(await pbkdf2PasswordHasher().hash('secret')).toMatch(/^pbkdf2-sha256\$600000\$/);
  });
});
