import { isMicroblogError, MicroblogError } from '@microblog/core';
import { type ConnectionFault, connectionFault } from './connection/connection-faults.ts';
import { constraintError } from './tables/constraint-errors.ts';

/** What `pg` and PGlite tell of an error that the server reported, and Node of one on the way there. */
interface DatabaseError extends Error {
  readonly code?: unknown;
  readonly constraint?: unknown;
  /** Objection wraps what the driver threw. */
  readonly nativeError?: unknown;
}

/** Undefined table, schema, column, function: the database is older than this code, or empty. */
const olderDatabase = new Set(['42P01', '3F000', '42703', '42883']);

/**
 * The core error for whatever a statement threw. `location` is where the database is, for people, without
 * a password. Core errors pass as they are.
 */
export function storageError(error: unknown, location: string): MicroblogError<string> {
  if (isMicroblogError(error)) return error;
  if (!(error instanceof Error)) {
    return new MicroblogError('storage_failed', `The storage on ${location} failed.`, { cause: error });
  }
  const { code, constraint } = nativeError(error);
  const broken = typeof constraint === 'string' ? constraintError(constraint) : null;
  if (broken !== null) return broken;
  const fault = connectionFault(nativeError(error));
  if (fault !== null) return unavailable(fault, location, error);
  if (typeof code === 'string' && olderDatabase.has(code)) return migrationsPending(location, error);
  return new MicroblogError('storage_failed', `The storage on ${location} failed: ${reason(error, code)}`, {
    details: typeof code === 'string' ? { sqlState: code } : {},
    cause: error,
  });
}

/** `storage_unavailable`, with the remedy both in the message and in the details. */
export function unavailable(
  { message, remedy }: ConnectionFault,
  location: string,
  cause?: Error,
): MicroblogError<'storage_unavailable'> {
  return new MicroblogError('storage_unavailable', `${message.replace('%', () => location)} ${remedy}`, {
    details: { location, remedy },
    ...(cause === undefined ? {} : { cause }),
  });
}

function migrationsPending(location: string, cause: Error): MicroblogError<'migrations_pending'> {
  const remedy = 'Run `microblog upgrade`, or call `migrate(storage)`.';
  return new MicroblogError(
    'migrations_pending',
    `The database at ${location} lacks what this version needs. ${remedy}`,
    { details: { location, remedy }, cause },
  );
}

function nativeError(error: DatabaseError): DatabaseError {
  return error.nativeError instanceof Error ? error.nativeError : error;
}

/**
 * The server's own words, which knex puts behind the statement. Errors of class 22 quote the value that was
 * at fault, which is somebody's: of these, the class alone is told (PostgreSQL manual, appendix A).
 */
function reason(error: Error, code: unknown): string {
  if (typeof code === 'string' && /^22...$/.test(code))
    return `a value is not of its type (SQLSTATE ${code})`;
  const lastLine = error.message.split('\n').at(-1) ?? '';
  return lastLine.split(' - ').at(-1)?.trim() ?? '';
}
