import type { CommandOutput } from '@microblog/host-koa/composition';
import type { Environment } from '../command.ts';

/** The streams and signals of a process. Only the runner, and commands that are a process themselves, use them. */
export interface ProcessStreams {
  readonly environment: Environment;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
  /** Listens for interrupts until it is disposed of. Default: no interrupt ever comes. */
  readonly interruption?: () => Interruption;
}

export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}
