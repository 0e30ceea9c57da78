import type { Statement } from '@microblog/adapters-postgres';
import type { RequestContext } from '../requests/request-context.ts';
import { scrubber } from './scrub.ts';

/** A statement that took longer than it should, as it is logged. */
export interface SlowStatement {
  /** In one line, with `$1`, `$2` in place of the values. */
  readonly statement: string;
  readonly milliseconds: number;
  /** Whose statement it was; null in jobs, in commands, and while the process starts. */
  readonly route: string | null;
  readonly requestId: string | null;
  /** Only where they were asked for. */
  readonly parameters?: readonly string[];
}

export interface SlowStatementNeeds {
  /** Milliseconds; null watches nothing. */
  readonly threshold: number | null;
  readonly context: RequestContext;
  /** Whether the values may be shown. Even then without passwords' hashes and e-mail addresses. */
  readonly showsParameters: boolean;
  readonly report: (slow: SlowStatement) => void;
}

export type StatementObserver = (statement: Statement) => void;

/** Lines of a log should stay readable. */
const LONGEST_STATEMENT = 2_000;
const LONGEST_PARAMETER = 200;

/** Null where nothing is to be watched, so that nothing is. */
export function slowStatements(needs: SlowStatementNeeds): StatementObserver | null {
  const { threshold, context, showsParameters, report } = needs;
  const scrub = scrubber();
  if (threshold === null) return null;
  return ({ sql, milliseconds, bindings }) => {
    if (milliseconds < threshold) return;
    const request = context.current();
    report({
      statement: cut(sql.replace(/\s+/g, ' ').trim(), LONGEST_STATEMENT),
      milliseconds: Math.round(milliseconds),
      route: request?.route ?? null,
      requestId: request?.requestId ?? null,
      ...(showsParameters ? { parameters: bindings().map((value) => scrub(shown(value))) } : {}),
    });
  };
}

/** As password hashers write them, PHC string format; in an archive's JSON as well. */
const passwordHash = /\$[a-z0-9-]+\$[^\s"']*/g;

function shown(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  return cut(text.replace(passwordHash, '[password hash]'), LONGEST_PARAMETER);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
