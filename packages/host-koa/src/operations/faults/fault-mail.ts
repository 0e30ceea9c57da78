import type { Mail } from '@microblog/core';
import { loggedError } from '../logging/logged-error.ts';
import type { Scrub } from '../logging/scrub.ts';
import type { Fault } from './fault-reporter.ts';

/** One fault or several of one kind that no mail has reported yet. */
export interface UnmailedFaults {
  readonly title: string;
  /** Number of faults since the last mail about this kind; at least 1. */
  readonly count: number;
  /** The latest of them. */
  readonly fault: Fault;
  readonly at: Date;
  /** When the first of them happened. */
  readonly since: Date;
}

export interface FaultMailOptions {
  readonly to: readonly string[];
  /** Host name of the site. */
  readonly site: string;
  readonly scrub: Scrub;
  readonly windowMinutes: number;
}

const MAX_STACK = 16_000;

/** The mail for administrators, in English: when, where, how often, and the stack. */
export function faultMail(
  unmailed: UnmailedFaults,
  { to, site, scrub, windowMinutes }: FaultMailOptions,
): Mail {
  const { title, count, fault, at, since } = unmailed;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['Time', at.toISOString()],
    ['Where', fault.where],
    ['Status', fault.status],
    ['Request id', fault.requestId],
    ['Process', process.pid],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : `${name.padEnd(10)}  ${value}`));
  const often = count === 1 ? '' : `${count} times since ${since.toISOString()}; this is the latest.\n\n`;
  return {
    to,
    subject: `[${site}] ${count === 1 ? '' : `${count} × `}${title} in ${fault.where}`,
    text: `${often}${lines.join('\n')}

${stackOf(fault.error, scrub)}

${fault.requestId === undefined ? 'The log has more.' : 'The log has more, under the request id.'} For ${windowMinutes} minutes, each process only counts further faults
of this kind; if there are any, a mail with their number follows.
`,
  };
}

function stackOf(error: unknown, scrub: Scrub): string {
  const logged = loggedError(error, scrub);
  const stack = typeof logged === 'string' ? logged : logged.stack;
  return stack.length > MAX_STACK ? `${stack.slice(0, MAX_STACK)}\n…` : stack;
}
