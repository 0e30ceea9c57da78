import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { whileAlone } from './rotation-lock.ts';

/** A file that lines are added to, and that makes room when it is full. */
export interface RotatingFile {
  /** Adds one line, which ends with a line end. Written when it returns; never throws. */
  write(line: string): void;
  /** Opens the path anew: after somebody has moved the file away. Never throws. */
  reopen(): void;
  close(): void;
}

export interface RotatingFileOptions {
  /** A line that would make the file larger goes into a new one. Default: 1 MB. */
  readonly maxBytes?: number;
  /** How many are kept, the one that is written included: `name`, `name.1` … Default: 10. */
  readonly files?: number;
  /** Hears when lines begin to be lost, and of every attempt to rotate that failed. */
  readonly onFault?: (error: unknown) => void;
  /** Hears, when lines are written again, how many were lost. */
  readonly onRecovery?: (lostLines: number) => void;
}

/** How much a file may grow beyond its size before another attempt, where it cannot be rotated now. */
const RETRY_BYTES = 64 * 1024;

// Why: docs/decisions/0052-own-rotating-log.md
/**
 * A log file of up to `maxBytes`, with older ones beside it, the newest as `.1`. Its folder is made where only that is missing.
 *
 * Any number of processes may write the same path, each through one of these. A line is a single write to the
 * end of the file. One process at a time rotates, under a lock (`name.lock`); before each line, the others
 * look whether the path still names the file that they have open. Lines are written before the call returns:
 * none is lost however the process ends.
 * @throws the system's error where the file cannot be opened, or cannot be renamed in its folder.
 */
export function rotatingFile(path: string, options: RotatingFileOptions = {}): RotatingFile {
  const { maxBytes = 1024 * 1024, files = 10, onFault = () => {}, onRecovery = () => {} } = options;
  makeFolder(dirname(path));
  closeSync(open(path));
  // Behind a link, the older ones belong beside the file itself.
  const file = realpathSync(path);
  let descriptor = open(file);
  let own = fstatSync(descriptor);
  // Not so /dev/null and pipes.
  const rotates = own.isFile();
  if (rotates) accessSync(dirname(file), constants.W_OK | constants.X_OK);
  let limit = maxBytes;
  let lost = 0;
  let torn = false;

  function makeRoom(bytes: number): void {
    let there = statSync(file, { throwIfNoEntry: false });
    // Moved away: by another process that is about to rotate, or by somebody who will ask to reopen it.
    if (there === undefined) return;
    if (!same(there, own)) {
      reopen();
      there = own;
    }
    if (there.size === 0 || there.size + bytes <= limit) return;
    // Where it cannot be rotated now, it grows: better than to lose what happens.
    limit = there.size + RETRY_BYTES;
    if (whileAlone(`${file}.lock`, shift)) reopen();
  }

  function shift(): void {
    const there = statSync(file, { throwIfNoEntry: false });
    // Another process was first.
    if (there === undefined || !same(there, own)) return;
    for (let number = files - 1; number > 0; number--) {
      rename(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`);
    }
  }

  function reopen(): void {
    const next = open(file);
    closeSync(descriptor);
    descriptor = next;
    own = fstatSync(next);
    limit = maxBytes;
    torn = false;
  }

  /** A line of which only a part fitted must not be continued by the next one. */
  function append(line: string): void {
    const bytes = Buffer.from(torn ? `\n${line}` : line);
    const count = writeSync(descriptor, bytes);
    torn = count < bytes.length;
    if (torn) throw new Error(`Only ${count} of ${bytes.length} bytes could be written; is the disk full?`);
  }

  return {
    write(line) {
      try {
        if (rotates) makeRoom(Buffer.byteLength(line));
      } catch (error) {
        onFault(error);
      }
      try {
        append(line);
        if (lost > 0) onRecovery(lost);
        lost = 0;
      } catch (error) {
        if (lost === 0) onFault(error);
        lost++;
      }
    },
    reopen() {
      try {
        reopen();
      } catch (error) {
        onFault(error);
      }
    },
    close: () => closeSync(descriptor),
  };
}

function open(path: string): number {
  return openSync(path, 'a', 0o640);
}

function same(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/** Not those above it: Node's `recursive` never ends in some places, such as /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o750 });
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // There are not that many yet.
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}
