import { PassThrough } from 'node:stream';
import type { CommandFiles, CommandTerminal } from '../../src/composition/control/command-terminal.ts';

/** A user at a terminal of 80 columns, who types `input`, answers with `answer`, and has files in memory. */
export function commandUser({
  input = '',
  answer = null as string | null,
  files = new Map<string, Buffer>(),
} = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal: CommandTerminal = {
    stdin: {
      isTTY: false,
      async *read() {
        yield Buffer.from(input);
      },
    },
    stdout: Object.assign(stdout, { isTTY: true, columns: 80 }),
    stderr,
    colours: true,
    ask: async () => answer,
    files: filesIn(files),
  };
  const printed = () => ({ stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') });
  return { terminal, files, printed };
}

function filesIn(files: Map<string, Buffer>): CommandFiles {
  return {
    async create(path, { force }) {
      if (files.has(path) && !force) throw new Error(`${path} exists already.`);
      const pieces: Uint8Array[] = [];
      files.set(`${path}.partial`, Buffer.alloc(0));
      return {
        async write(bytes) {
          if (path === 'full') throw Object.assign(new Error('no space'), { errno: -28 });
          pieces.push(bytes);
        },
        async keep() {
          files.delete(`${path}.partial`);
          files.set(path, Buffer.concat(pieces));
        },
        discard: async () => void files.delete(`${path}.partial`),
      };
    },
    async open(path) {
      const content = files.get(path) ?? Buffer.alloc(0);
      return {
        size: content.length,
        read: async (position, length) => content.subarray(position, position + length),
        close: async () => {},
      };
    },
  };
}

/** The first line of a request. */
export const opening = {
  protocol: 1,
  arguments: ['status'],
  terminal: { stdin: { isTTY: false }, stdout: { isTTY: false }, stderr: { isTTY: false }, colours: false },
};
