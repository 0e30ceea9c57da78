import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll } from 'vitest';

/** What this test file has started and what still runs, with the processes of each. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

export interface DevProcess {
  /** What it has printed so far. */
  output(): string;
  /** As a terminal sends it: to this process and all that it started. */
  signalAll(signal: NodeJS.Signals): void;
  /** To this process alone. */
  signal(signal: NodeJS.Signals): void;
  /** Whether this process or one that it started still runs. */
  hasProcesses(): boolean;
  readonly finished: Promise<{ readonly code: number | null }>;
}

/** Runs `pnpm dev` without pnpm, as the leader of a process group. */
export function startDev(cwd: string, port: string): DevProcess {
  const { PATH = '', HOME = cwd } = process.env;
  const child = spawn(process.execPath, ['scripts/dev/main.ts'], {
    cwd,
    env: { PATH, HOME, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    output: () => output,
    signalAll: (signal) => signalGroup(child, signal),
    signal: (signal) => child.kill(signal),
    hasProcesses: () => signalGroup(child, 0),
    // The outputs close when the last process that has them is gone.
    finished: once(child, 'close').then(([code]) => ({ code })),
  };
}

/** Whether there was a process to signal. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
