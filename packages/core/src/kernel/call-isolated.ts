/**
 * Calls a function from outside, whose failure must not break the flow of the caller: what it throws, or what its
 * promise rejects with, goes to `onError`. Does not wait for the promise.
 */
export function callIsolated(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    void Promise.resolve(call()).then(undefined, onError);
  } catch (error) {
    onError(error);
  }
}
