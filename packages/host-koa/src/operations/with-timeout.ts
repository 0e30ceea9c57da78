/** Returns the answer, or `late()` after `milliseconds`. A late answer is not cancelled; its result is ignored. */
export async function withTimeout<Answer, Late>(
  answer: Promise<Answer>,
  milliseconds: number,
  late: () => Late,
): Promise<Answer | Late> {
  const tooLate = Promise.withResolvers<Late>();
  const timer = setTimeout(() => {
    try {
      tooLate.resolve(late());
    } catch (error) {
      tooLate.reject(error);
    }
  }, milliseconds);
  try {
    return await Promise.race([answer, tooLate.promise]);
  } finally {
    clearTimeout(timer);
  }
}
