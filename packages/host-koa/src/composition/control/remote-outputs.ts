import { Writable } from 'node:stream';
import type { CommandOutput, TerminalFacts } from './command-terminal.ts';

/** Prints bytes on an output of the user. Resolves when the user's process has printed them. */
export type Print = (stream: 'stdout' | 'stderr', bytes: Buffer) => Promise<unknown>;

/**
 * How many bytes may wait to be printed before a stream holds back the command. Streams keep one common order only
 * below it. Messages are far smaller; an archive on standard output is larger.
 */
const WAITING_BYTES = 64 * 1024;

/** Both outputs of the user. Writes to them are printed in the order of the writes, also between the two. */
export function remoteOutputs(
  facts: Pick<TerminalFacts, 'stdout' | 'stderr'>,
  print: Print,
): Readonly<Record<'stdout' | 'stderr', Writable & CommandOutput>> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const queued: Print = (stream, bytes) => {
    waiting += bytes.length;
    const printed = last.then(() => print(stream, bytes));
    // A failed write ends its own stream only. The other stream continues.
    last = printed
      .catch(() => {})
      .finally(() => {
        waiting -= bytes.length;
      });
    return printed;
  };
  const isFull = () => waiting > WAITING_BYTES;
  return {
    stdout: output('stdout', facts.stdout, queued, isFull),
    stderr: output('stderr', facts.stderr, queued, isFull),
  };
}

function output(
  stream: 'stdout' | 'stderr',
  { isTTY, columns }: TerminalFacts['stdout'],
  print: Print,
  isFull: () => boolean,
): Writable & CommandOutput {
  let last: Promise<unknown> = Promise.resolve();
  const writable = new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      last = print(stream, chunk);
      if (isFull()) {
        last.then(() => done(), done);
        return;
      }
      last.catch((error: Error) => writable.destroy(error));
      // Take the next write at once. Otherwise it would wait in this stream, and one to the other stream would overtake it.
      done();
    },
    final(done) {
      last.then(() => done(), done);
    },
  });
  // The command gets the error from its own writes; without a listener it would end this process.
  writable.on('error', () => {});
  return Object.assign(writable, { isTTY, ...(columns === undefined ? {} : { columns }) });
}
