/** What the system asks of a process that serves or runs jobs. One place listens; everything else is told. */
export interface Signals {
  /** The first signal that asks for the end. Later ones change nothing: platforms send SIGTERM twice. */
  readonly stop: Promise<NodeJS.Signals>;
  /** Whether that signal has come. */
  stopping(): boolean;
  /** Says what SIGHUP does from now on; until then it does nothing. */
  onHangUp(listener: () => void): void;
}

/**
 * Listens to SIGTERM, SIGINT and SIGHUP until the process ends. Where somebody sits at the terminal, SIGHUP means
 * the end too: they have closed the window.
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
