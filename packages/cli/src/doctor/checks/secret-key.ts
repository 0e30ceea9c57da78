import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '@microblog/host-koa/composition';
import { counted } from '../counted.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** The key that signs sessions. Any person who knows it can sign in as any user. */
export function checkSecretKey({
  secretKeys,
  dataDirectory,
}: Pick<Config, 'secretKeys' | 'dataDirectory'>): Finding {
  if (secretKeys.length > 0) return configured(secretKeys);
  const file = resolve(join(dataDirectory, 'secret-key'));
  const found = look(file);
  if (found === 'absent') return ok('secret-key', `A key is made at the first start, and kept in ${file}.`);
  if (found === 'unreadable') {
    return fail(
      'secret-key',
      `The key in ${file} can't be read.`,
      'Give this user the right to read it, or set SECRET_KEY.',
    );
  }
  if (found.text.trim().length < 16) {
    return fail(
      'secret-key',
      `The key in ${file} is cut short.`,
      'Restore it from a backup, or remove the file: a new key is made, and all users must sign in again.',
    );
  }
  if ((found.mode & 0o077) !== 0) {
    return fail(
      'secret-key',
      `Other users of this machine may read the key in ${file}.`,
      `Keep it private: chmod 600 ${file}. If others have been on the machine, make a new one: remove the file.`,
    );
  }
  return ok('secret-key', `The key in ${file} is private.`);
}

function configured(keys: readonly string[]): Finding {
  const [first = ''] = keys;
  // A passphrase of several words has more; "aaaaaaaaaaaaaaaa" and "changeme-changeme" have fewer.
  if (new Set(first).size < 8) {
    return warn(
      'secret-key',
      'The first key in SECRET_KEY is easy to guess.',
      'Put a random one before it, such as that of: openssl rand -base64 32',
    );
  }
  const others =
    keys.length > 1 ? `, and of ${counted(keys.length - 1, 'older key')} signatures are accepted` : '';
  return ok('secret-key', `A key is set in SECRET_KEY${others}.`);
}

function look(file: string): { mode: number; text: string } | 'absent' | 'unreadable' {
  try {
    return { mode: statSync(file).mode, text: readFileSync(file, 'utf8') };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'absent' : 'unreadable';
  }
}
