import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname, join, resolve } from 'node:path';

/** A CPU profile of this process that is being taken. */
export interface RunningProfile {
  /** Ends it and writes it down. Returns the file, which Chrome's DevTools open. */
  stop(): Promise<string>;
}

/** Microseconds between samples: V8's own choice, which costs a few per cent of the processor's time. */
const SAMPLING_INTERVAL = 1_000;

/**
 * Begins to profile this process, for a file in `directory`, which is made where it is missing. Memory grows
 * with time, by some megabytes an hour of full load: for hours, not for days.
 * @throws {Error} with a remedy, where nothing can be written there.
 */
export async function startCpuProfile(directory: string, now = new Date()): Promise<RunningProfile> {
  const file = join(
    directory,
    `microblog-${now.toISOString().replace(/[:.]/g, '-')}-${process.pid}.cpuprofile`,
  );
  requireWritable(directory);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
  await session.post('Profiler.start');
  return {
    async stop() {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      // It tells the paths of the program, and whoever runs it wants no more readers than needed.
      writeFileSync(file, JSON.stringify(profile), { mode: 0o600 });
      return file;
    },
  };
}

/** Now, rather than when there is something to lose. */
function requireWritable(directory: string): void {
  try {
    makeDirectories(resolve(directory));
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Can't write profiles to ${directory}: ${reason}. Name another directory (--profile).`, {
      cause: error,
    });
  }
}

/** One by one: Node's `recursive` never ends in some places, such as /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  mkdirSync(directory);
}
