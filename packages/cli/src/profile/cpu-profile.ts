import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname, join, resolve } from 'node:path';

/** A running CPU profile of this process. */
export interface RunningProfile {
  /** Ends the profile and writes it. Returns the name of the file, which Chrome's DevTools open. */
  stop(): Promise<string>;
}

/** Microseconds between samples: V8's default, which costs a few per cent of the processor's time. */
const SAMPLING_INTERVAL = 1_000;

/**
 * Begins to profile this process, for a file in `directory`, which is created if it is missing. Memory grows by some
 * megabytes for each hour of full load: use it for hours, not for days.
 * @throws {Error} with a remedy, if the directory cannot be written.
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
      // Private: it contains the paths of the program.
      writeFileSync(file, JSON.stringify(profile), { mode: 0o600 });
      return file;
    },
  };
}

/** Fails at the start, and not at the end when there is a profile to lose. */
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

/** Creates one directory after the other: Node's `recursive` never ends in some places, such as /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  mkdirSync(directory);
}
