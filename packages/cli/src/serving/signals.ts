/** The system signals to a process that serves or runs jobs. Only this module listens to them. */
export interface Signals {
  /** Resolves at the first signal to stop. Ignores later ones, since platforms send SIGTERM twice. */
  readonly stop: Promise<NodeJS.Signals>;
  /** Whether a signal to stop has arrived. */
  stopping(): boolean;
  /** Sets what SIGHUP does. Default: nothing. */
  onHangUp(listener: () => void): void;
}

/**
 * Listens to SIGTERM, SIGINT and SIGHUP until the process ends. At a terminal, SIGHUP also means stop: the user has
 * closed the window.
 */
export function receiveSignals({ stdin }: { readonly stdin: { readonly isTTY?: boolean } }): Signals {
  let onHangUp = () => {};
  let stopping = false;
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    const end = (name: NodeJS.Signals) => {
      stopping = true;
      resolve(name);
    };
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, end);
    process.on('SIGHUP', (name) => (stdin.isTTY ? end(name) : onHangUp()));
  });
  return {
    stop,
    stopping: () => stopping,
    onHangUp(listener) {
      onHangUp = listener;
    },
  };
}
