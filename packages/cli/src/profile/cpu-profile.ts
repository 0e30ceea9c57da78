import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname, join, resolve } from 'node:path';

/** A running CPU profile of this process. */
export interface RunningProfile {
  /** Ends the profile and writes it. Returns the name of the file, which Chrome's DevTools can open. */
  stop(): Promise<string>;
}

/** In microseconds between samples. V8's default, which costs a few per cent of CPU time. */
const SAMPLING_INTERVAL = 1_000;

/**
 * Starts to profile this process, for a file in `directory`, which is created if missing. Memory grows by some
 * megabytes per hour of full load: profile for hours, not for days.
 * @throws {Error} with a remedy, if the directory can't be written.
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
      // Private, since it contains paths of this machine.
      writeFileSync(file, JSON.stringify(profile), { mode: 0o600 });
      return file;
    },
  };
}

/** Fails at the start instead of at the end, when the profile would be lost. */
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

/** Creates directories one by one: Node's `recursive` never ends in some places, such as /proc. */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  mkdirSync(directory);
}
