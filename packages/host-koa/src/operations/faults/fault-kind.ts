/**
 * Faults are the same if they have one class and code and were thrown at one place. Their messages may differ,
 * because they can hold data of a request.
 */
export interface FaultKind {
  /** `TypeError`, or `MicroblogError storage_failed`. */
  readonly title: string;
  /** Equal for faults that are the same. */
  readonly key: string;
}

export function faultKind(thrown: unknown): FaultKind {
  if (!(thrown instanceof Error)) return { title: `a thrown ${typeof thrown}`, key: typeof thrown };
  const code = 'code' in thrown && /^[\w.-]{1,60}$/.test(String(thrown.code)) ? ` ${thrown.code}` : '';
  const title = `${
    String(thrown.name)
      .replace(/[^\w.-]/g, '')
      .slice(0, 60) || 'Error'
  }${code}`;
  return { title, key: `${title} ${topFrame(thrown)}` };
}

/** Where it was thrown, with line and column; empty if the stack does not say. */
function topFrame({ stack = '', message }: Error): string {
  // The stack begins with the message, which can hold any text.
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return /^\s+at .+$/m.exec(frames)?.[0].trim() ?? '';
}
