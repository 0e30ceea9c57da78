/** Questions to another process that are not answered yet. */
export interface PendingAnswers<Answer> {
  /** Sends the question with a new number. Resolves to null if no answer comes in time. */
  ask(send: (id: number) => void): Promise<Answer | null>;
  /** Accepts an answer. Ignores a late or repeated one. */
  answer(id: number, answer: Answer): void;
}

/** `timeout` is the longest wait, in milliseconds. */
export function pendingAnswers<Answer>(timeout: number): PendingAnswers<Answer> {
  const pending = new Map<number, (answer: Answer | null) => void>();
  let last = 0;
  return {
    async ask(send) {
      const id = ++last;
      const { promise, resolve } = Promise.withResolvers<Answer | null>();
      const timer = setTimeout(resolve, timeout, null);
      pending.set(id, resolve);
      try {
        send(id);
        return await promise;
      } finally {
        clearTimeout(timer);
        pending.delete(id);
      }
    },
    answer: (id, answer) => pending.get(id)?.(answer),
  };
}
