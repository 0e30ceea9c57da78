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
import { tryWithLock } from './rotation-lock.ts';

/** A log file that is rotated when it is full. */
export interface RotatingFile {
  /** Adds one line, which must end with a line end. The line is written when this returns. Never throws. */
  write(line: string): void;
  /** Opens the path again after the file was moved away. Never throws. */
  reopen(): void;
  close(): void;
}

export interface RotatingFileOptions {
  /** If a line would make the file larger, it goes into a new file. Default: 1 MB. */
  readonly maxBytes?: number;
  /** Number of files kept, including the current one: `name`, `name.1` … Default: 10. */
  readonly files?: number;
  /** Called when lines begin to be lost, and for every rotation that failed. */
  readonly onFault?: (error: unknown) => void;
  /** Called with the number of lost lines when lines can be written again. */
  readonly onRecovery?: (lostLines: number) => void;
}

/** How much a file may grow beyond its size before the next attempt, if it cannot be rotated now. */
const RETRY_BYTES = 64 * 1024;

// Why: docs/decisions/0052-own-rotating-log.md
/**
 * A log file of up to `maxBytes`, with older files beside it, the newest as `.1`. Its folder is made if only that is
 * missing.
 *
 * Any number of processes may write the same path, each through its own `rotatingFile`. A line is a single write to
 * the end of the file. One process at a time rotates, under a lock (`name.lock`). Before each line, the other
 * processes check that the path still names the file that they have open. Lines are written before the call returns:
 * none is lost, however the process ends.
 * @throws the system's error if the file cannot be opened, or cannot be renamed in its folder.
 */
export function rotatingFile(path: string, options: RotatingFileOptions = {}): RotatingFile {
  const { maxBytes = 1024 * 1024, files = 10, onFault = () => {}, onRecovery = () => {} } = options;
  makeFolder(dirname(path));
  closeSync(open(path));
  // If the path is a link, the older files belong beside the real file.
  const file = realpathSync(path);
  let descriptor = open(file);
  let own = fstatSync(descriptor);
  // Not for /dev/null and pipes.
  const rotates = own.isFile();
  if (rotates) accessSync(dirname(file), constants.W_OK | constants.X_OK);
  let limit = maxBytes;
  let lost = 0;
  let torn = false;

  function makeRoom(bytes: number): void {
    let there = statSync(file, { throwIfNoEntry: false });
    // Moved away: by another process that is about to rotate, or by an operator who will ask to reopen it.
    if (there === undefined) return;
    if (!same(there, own)) {
      reopen();
      there = own;
    }
    if (there.size === 0 || there.size + bytes <= limit) return;
    // If it cannot be rotated now, it grows; no line may be lost.
    limit = there.size + RETRY_BYTES;
    if (tryWithLock(`${file}.lock`, shift)) reopen();
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

  /** A partly written line must not be continued by the next one. */
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

/** Makes only this folder, not its parents: Node's `recursive` never ends in some places, such as /proc. */
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
    // Fewer files than that exist so far.
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}
