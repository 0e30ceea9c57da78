import { isMicroblogError } from '@microblog/core';
import type { Scrub } from './scrub.ts';

/** The parts of an error that a log line or a mail shows. */
export interface LoggedError {
  readonly type: string;
  /** Includes the messages of its causes. */
  readonly message: string;
  /** Includes the stacks of its causes. */
  readonly stack: string;
  readonly code?: string | number;
  readonly details?: unknown;
}

/** More causes than errors have in practice; stops circular chains. */
const MAX_CAUSES = 5;

/**
 * An error that is safe to log. It has only these properties, since drivers add statements, parameters and rows to
 * their errors. Parts of messages that quote user input are removed, and the rest is scrubbed. A thrown value that
 * is not an error is logged as a text.
 */
export function loggedError(thrown: unknown, scrub: Scrub): LoggedError | string {
  if (!(thrown instanceof Error)) return scrub(String(thrown));
  const chain = causesOf(thrown);
  const code = 'code' in thrown ? thrown.code : undefined;
  return {
    type: thrown.constructor.name,
    message: scrub(chain.map(messageOf).join(': ')),
    stack: scrub(chain.map(stackOf).join('\ncaused by: ')),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(isMicroblogError(thrown) ? detailsOf(thrown.details, scrub) : {}),
  };
}

function causesOf(thrown: Error): Error[] {
  const chain = [thrown];
  for (let { cause } = thrown; cause instanceof Error && chain.length < MAX_CAUSES; cause = cause.cause) {
    chain.push(cause);
  }
  return chain;
}

/** Some messages quote the invalid value: Postgres in data errors (class 22), parsers their text. */
function messageOf(error: Error): string {
  if (error instanceof SyntaxError) return 'what was parsed is malformed';
  const sqlState = sqlStateOf(error);
  if (sqlState === null) return error.message;
  const words = sqlState.startsWith('22') ? 'a value is not of its type' : error.message;
  return [`${words} (SQLSTATE ${sqlState}`, ...namesIn(error)].join(', ').concat(')');
}

/** Objection wraps the driver's error. */
function reported(error: Error): Error {
  return 'nativeError' in error && error.nativeError instanceof Error ? error.nativeError : error;
}

function sqlStateOf(error: Error): string | null {
  const native = reported(error);
  const code = 'code' in native ? native.code : undefined;
  return 'severity' in native && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** Names of the database objects concerned. The other fields, `detail`, `where` and `hint`, quote rows and values. */
function namesIn(error: Error): string[] {
  const native = reported(error) as Error & Readonly<Record<string, unknown>>;
  return ['table', 'column', 'constraint'].flatMap((name) =>
    typeof native[name] === 'string' ? [`${name} ${native[name]}`] : [],
  );
}

/** A line of a stack that names a place; lines of the message are left out, since a stack begins with the message. */
const place = /^ {4}at .+(:\d+:\d+\)?|<anonymous>\)?|native\)|index \d+\))$/;

function stackOf(error: Error): string {
  const places = (error.stack ?? '').split('\n').filter((line) => place.test(line));
  return [`${error.constructor.name}: ${messageOf(error)}`, ...places].join('\n');
}

function detailsOf(details: object, scrub: Scrub): { details?: unknown } {
  if (Object.keys(details).length === 0) return {};
  try {
    return { details: JSON.parse(scrub(JSON.stringify(details))) };
  } catch {
    // Some part cannot be written as JSON; the rest of the error is enough.
    return {};
  }
}
