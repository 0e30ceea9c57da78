import { isMicroblogError, MicroblogError } from '@microblog/core';
import { type ConnectionFault, connectionFault } from './connection/connection-faults.ts';
import { constraintError } from './tables/constraint-errors.ts';

/** Fields of a server error, from `pg` and PGlite, and of a connection error, from Node. */
interface DatabaseError extends Error {
  readonly code?: unknown;
  readonly constraint?: unknown;
  /** Objection wraps the error of the driver. */
  readonly nativeError?: unknown;
}

export const readOnlyServer: ConnectionFault = {
  message: 'The database at % accepts no changes.',
  remedy: 'Connect to the primary server if this is a replica, or turn default_transaction_read_only off.',
};

/** Why the database accepts no changes though it can be read, by SQLSTATE (PostgreSQL manual, appendix A). */
const writeFaults: Readonly<Record<string, ConnectionFault>> = {
  '25006': readOnlyServer,
  '53100': {
    message: 'The disk of the database at % is full.',
    remedy: 'Free space on it. Nothing that was confirmed is lost, and nothing has to be restored.',
  },
};

/** Undefined table, schema, column or function: the database is older than this code, or empty. */
const olderDatabase = new Set(['42P01', '3F000', '42703', '42883']);

/**
 * Converts any error of a statement to a core error. `location` is the location of the database, for messages; without
 * a password. Returns core errors unchanged.
 */
export function storageError(error: unknown, location: string): MicroblogError<string> {
  if (isMicroblogError(error)) return error;
  if (!(error instanceof Error)) {
    return new MicroblogError('storage_failed', `The storage on ${location} failed.`, { cause: error });
  }
  const { code, constraint } = nativeError(error);
  const broken = typeof constraint === 'string' ? constraintError(constraint) : null;
  if (broken !== null) return broken;
  const unwritable = typeof code === 'string' ? writeFaults[code] : undefined;
  if (unwritable !== undefined) return readOnly(unwritable, location, error);
  const fault = connectionFault(nativeError(error));
  if (fault !== null) return unavailable(fault, location, error);
  if (typeof code === 'string' && olderDatabase.has(code)) return migrationsPending(location, error);
  return new MicroblogError('storage_failed', `The storage on ${location} failed: ${reason(error, code)}`, {
    details: typeof code === 'string' ? { sqlState: code } : {},
    cause: error,
  });
}

/** `storage_read_only`, with the remedy in the message and in the details. */
export function readOnly(
  { message, remedy }: ConnectionFault,
  location: string,
  cause?: Error,
): MicroblogError<'storage_read_only'> {
  return new MicroblogError('storage_read_only', `${message.replace('%', () => location)} ${remedy}`, {
    details: { location, remedy },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `storage_unavailable`, with the remedy in the message and in the details. */
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
 * The message of the server, which knex puts after the statement. Errors of class 22 quote the invalid value, which may
 * be private. For these, only the SQLSTATE is shown (PostgreSQL manual, appendix A).
 */
function reason(error: Error, code: unknown): string {
  if (typeof code === 'string' && /^22...$/.test(code))
    return `a value is not of its type (SQLSTATE ${code})`;
  const lastLine = error.message.split('\n').at(-1) ?? '';
  return lastLine.split(' - ').at(-1)?.trim() ?? '';
}
