/** Questions to another process that wait for their answers. */
export interface PendingAnswers<Answer> {
  /** Sends the question under a number of its own. Returns null if no answer comes in time. */
  ask(send: (id: number) => void): Promise<Answer | null>;
  /** Takes an answer. One that comes too late, or twice, is ignored. */
  answer(id: number, answer: Answer): void;
}

/** `patience` is the longest wait, in milliseconds. */
export function pendingAnswers<Answer>(patience: number): PendingAnswers<Answer> {
  const pending = new Map<number, (answer: Answer | null) => void>();
  let last = 0;
  return {
    async ask(send) {
      const id = ++last;
      const { promise, resolve } = Promise.withResolvers<Answer | null>();
      const timer = setTimeout(resolve, patience, null);
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
