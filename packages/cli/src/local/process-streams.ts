import type { CommandOutput } from '@microblog/host-koa/composition';
import type { Environment } from '../command.ts';

/** What a process has from its system. Only the runner and commands that are a process themselves use it. */
export interface ProcessStreams {
  readonly environment: Environment;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
  /** Listens to interrupts until it is disposed of. Default: no interrupt ever comes. */
  readonly interruption?: () => Interruption;
}

export interface Interruption extends Disposable {
  readonly signal: AbortSignal;
}
