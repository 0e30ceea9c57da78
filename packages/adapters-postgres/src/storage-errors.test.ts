import { MicroblogError } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { storageError } from './storage-errors.ts';

const location = 'db.example.org:5432/blog';

function fault(properties: object, message = 'something broke'): Error {
  return Object.assign(new Error(message), properties);
}

describe('storageError', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'ETIMEDOUT',
    'ECONNRESET',
    '28P01',
    '3D000',
    '53300',
    '57P01',
    '57P03',
    '08006',
    'SELF_SIGNED_CERT_IN_CHAIN',
  ])('takes %s for a database that can not be reached, and says what to do', (code) => {
    const error = storageError(fault({ code }), location);
    expect(error.code).toBe('storage_unavailable');
    expect(error.message).toContain(location);
    expect(error.message).toContain(String(error.details.remedy));
  });

  it.each(['timeout exceeded when trying to connect', 'Connection terminated unexpectedly'])(
    'takes "%s", which has no code, for the same',
    (message) => {
      expect(storageError(new Error(message), location).code).toBe('storage_unavailable');
    },
  );

  it.each(['42P01', '3F000', '42703'])('takes %s for a database that wants migrations', (code) => {
    expect(storageError(fault({ code }), location).code).toBe('migrations_pending');
  });

  it('looks inside what Objection wraps', () => {
    const wrapped = fault({ nativeError: fault({ code: '23505', constraint: 'posts_pkey' }) });
    expect(storageError(wrapped, location).code).toBe('id_clash');
  });

  it('is never misled by what a statement or a value says', () => {
    const error = fault({ code: '22021' }, 'insert into posts (body) values ($1) - Connection terminated');
    expect(storageError(error, location).code).toBe('storage_failed');
  });

  it('keeps the cause of what nobody planned for, and shows the words of the server only', () => {
    const cause = fault({ code: '40P01' }, `insert into users values ('secret') - deadlock detected`);
    const error = storageError(cause, location);
    expect(error).toMatchObject({ code: 'storage_failed', cause, details: { sqlState: '40P01' } });
    expect(error.message).toContain('deadlock detected');
    expect(error.message).not.toContain('secret');
  });

  it.each([
    `insert into posts (body) values ($1) - invalid input syntax for type bigint: "a - secret"`,
    `invalid input syntax for type bigint: "x\nsecret"`,
  ])('does not repeat the value that a data exception quotes: %j', (message) => {
    const error = storageError(fault({ code: '22P02' }, message), location);
    expect(error.message).toContain('22P02');
    expect(error.message).not.toContain('secret');
  });

  it('lets core errors pass', () => {
    const error = new MicroblogError('forbidden', 'No.');
    expect(storageError(error, location)).toBe(error);
  });
});
