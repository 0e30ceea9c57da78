/**
 * Calls a function of the application whose failure must not break the caller. Passes what it throws, or what its
 * promise rejects with, to `onError`. Does not wait for the promise.
 */
export function callIsolated(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    void Promise.resolve(call()).then(undefined, onError);
  } catch (error) {
    onError(error);
  }
}
