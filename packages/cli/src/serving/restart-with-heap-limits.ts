import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { availableMemory, heapFlags } from './heap-limits.ts';

/** Commands that run for long. */
const LASTING = ['serve', 'worker'];

/**
 * Starts the running program again with limits of V8's heap, for commands that run for long. V8 takes these limits only
 * when it starts. The system puts the new program in place of this one: the process id, standard streams, signals and
 * exit code stay the same, and no second process takes memory. Workers of `node:cluster` get the flags of their primary.
 *
 * Returns if nothing is to be done: for other commands, if flags or `NODE_OPTIONS` set the limits, if a parent process
 * holds a channel that would be lost, and on Windows, which can't replace a program.
 */
export function restartWithHeapLimits(commandLine: readonly string[]): void {
  const command = commandLine.find((argument) => !argument.startsWith('-'));
  const { env, execArgv, execPath, platform } = process;
  if (command === undefined || !LASTING.includes(command) || process.send !== undefined) return;
  // If the program file is gone, as during an update of Node.js, a replacement would end the process.
  if (platform === 'win32' || process.execve === undefined || !existsSync(execPath)) return;
  const memory = availableMemory(totalmem(), process.constrainedMemory(), env);
  const processes = command === 'serve' ? Math.max(1, Number(env.WEB_CONCURRENCY) || 1) : 1;
  const flags = heapFlags({ memory, processes }, [...execArgv, env.NODE_OPTIONS].join(' '));
  if (flags.length === 0) return;
  process.execve(execPath, [execPath, ...flags, ...execArgv, ...process.argv.slice(1)], env);
}
