import type { PasswordHasher } from '../ports/password-hasher.ts';

/**
 * OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 iterations if Argon2id is not available.
 * The format of a hash is `pbkdf2-sha256$<iterations>$<salt>$<key>`, in base64url.
 */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const KEY_BITS = 256;

/**
 * The default hasher of core. It uses Web Crypto, which every JavaScript runtime has and which does not block the event
 * loop. Hosts with native modules prefer Argon2id. Default: 600,000 iterations; fewer are only for tests.
 */
export function pbkdf2PasswordHasher(iterations: number = ITERATIONS): PasswordHasher {
  return {
    async hash(password) {
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const key = await derive(password, salt, iterations);
      return ['pbkdf2-sha256', iterations, encode(salt), encode(key)].join('$');
    },
    async verify(hash, password) {
      const parsed = parse(hash);
      if (parsed === null) return false;
      return sameBytes(await derive(password, parsed.salt, parsed.iterations), parsed.key);
    },
    recognizes: (hash) => parse(hash) !== null,
    needsRehash(hash) {
      const parsed = parse(hash);
      return parsed === null || parsed.iterations < iterations;
    },
  };
}

async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    secret,
    KEY_BITS,
  );
  return new Uint8Array(bits);
}

function parse(hash: string) {
  const match = /^pbkdf2-sha256\$([1-9][0-9]{0,8})\$([\w-]{22})\$([\w-]{43})$/.exec(hash);
  if (match === null) return null;
  const [, iterations = '', salt = '', key = ''] = match;
  return { iterations: Number(iterations), salt: decode(salt), key: decode(key) };
}

/** Takes the same time wherever the first difference is. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}
