import type { Statement } from '@microblog/adapters-postgres';
import type { RequestContext } from '../requests/request-context.ts';
import { scrubber } from './scrub.ts';

/** A slow statement as it is logged. */
export interface SlowStatement {
  /** On one line, with `$1`, `$2` in place of the values. */
  readonly statement: string;
  readonly milliseconds: number;
  /** The request that ran it; null in jobs, in commands, and while the process starts. */
  readonly route: string | null;
  readonly requestId: string | null;
  /** Present only if values are to be logged. */
  readonly parameters?: readonly string[];
}

export interface SlowStatementNeeds {
  /** Threshold in milliseconds; null switches this off. */
  readonly threshold: number | null;
  readonly context: RequestContext;
  /** Whether values may be logged. Password hashes and e-mail addresses are always removed. */
  readonly showsParameters: boolean;
  readonly report: (slow: SlowStatement) => void;
}

export type StatementObserver = (statement: Statement) => void;

/** Keeps log lines readable. */
const MAX_STATEMENT = 2_000;
const MAX_PARAMETER = 200;

/** Null if the threshold is null, so that statements are not measured. */
export function slowStatements(needs: SlowStatementNeeds): StatementObserver | null {
  const { threshold, context, showsParameters, report } = needs;
  const scrub = scrubber();
  if (threshold === null) return null;
  return ({ sql, milliseconds, bindings }) => {
    if (milliseconds < threshold) return;
    const request = context.current();
    report({
      statement: cut(sql.replace(/\s+/g, ' ').trim(), MAX_STATEMENT),
      milliseconds: Math.round(milliseconds),
      route: request?.route ?? null,
      requestId: request?.requestId ?? null,
      ...(showsParameters ? { parameters: bindings().map((value) => scrub(shown(value))) } : {}),
    });
  };
}

/** The form in which password hashers write them, PHC string format; in an archive's JSON as well. */
const passwordHash = /\$[a-z0-9-]+\$[^\s"']*/g;

function shown(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  return cut(text.replace(passwordHash, '[password hash]'), MAX_PARAMETER);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
