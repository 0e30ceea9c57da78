/**
 * Resolves to the first signal that asks the process to end. Later ones change nothing: platforms send
 * SIGTERM twice, and stopping is bounded anyway.
 */
export function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve(name));
  });
}
