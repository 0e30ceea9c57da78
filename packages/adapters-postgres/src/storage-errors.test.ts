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
  ])('reports %s as an unreachable database, with the remedy', (code) => {
    const error = storageError(fault({ code }), location);
    expect(error.code).toBe('storage_unavailable');
    expect(error.message).toContain(location);
    expect(error.message).toContain(String(error.details.remedy));
  });

  it.each(['timeout exceeded when trying to connect', 'Connection terminated unexpectedly'])(
    'reports "%s", which has no code, the same way',
    (message) => {
      expect(storageError(new Error(message), location).code).toBe('storage_unavailable');
    },
  );

  it.each([
    ['25006', 'accepts no changes'],
    ['53100', 'Free space'],
  ])('reports %s as a database that can only be read, with the remedy', (code, words) => {
    const error = storageError(fault({ code }), location);
    expect(error.code).toBe('storage_read_only');
    expect(error.message).toContain(words);
    expect(error.message).toContain(location);
    expect(error.message).toContain(String(error.details.remedy));
  });

  it.each(['42P01', '3F000', '42703'])('reports %s as pending migrations', (code) => {
    expect(storageError(fault({ code }), location).code).toBe('migrations_pending');
  });

  it('unwraps the error that Objection wraps', () => {
    const wrapped = fault({ nativeError: fault({ code: '23505', constraint: 'posts_pkey' }) });
    expect(storageError(wrapped, location).code).toBe('id_clash');
  });

  it('ignores the texts of statements and values', () => {
    const error = fault({ code: '22021' }, 'insert into posts (body) values ($1) - Connection terminated');
    expect(storageError(error, location).code).toBe('storage_failed');
  });

  it('keeps the cause of an unexpected error, and shows only the message of the server', () => {
    const cause = fault({ code: '40P01' }, `insert into users values ('secret') - deadlock detected`);
    const error = storageError(cause, location);
    expect(error).toMatchObject({ code: 'storage_failed', cause, details: { sqlState: '40P01' } });
    expect(error.message).toContain('deadlock detected');
    expect(error.message).not.toContain('secret');
  });

  it.each([
    `insert into posts (body) values ($1) - invalid input syntax for type bigint: "a - secret"`,
    `invalid input syntax for type bigint: "x\nsecret"`,
  ])('hides the value that a data exception quotes: %j', (message) => {
    const error = storageError(fault({ code: '22P02' }, message), location);
    expect(error.message).toContain('22P02');
    expect(error.message).not.toContain('secret');
  });

  it('returns core errors unchanged', () => {
    const error = new MicroblogError('forbidden', 'No.');
    expect(storageError(error, location)).toBe(error);
  });
});
