import { isMicroblogError } from '@microblog/core';
import { loadConfig, operatorServices, runInServingProcess } from '@microblog/host-koa/composition';
import type { DatabaseCommand, LocalContext } from './command.ts';
import { commands } from './commands/index.ts';
import { localTerminal } from './local/local-terminal.ts';
import type { ProcessStreams } from './local/process-streams.ts';
import { openDatabase } from './open-database.ts';
import { type CommandCall, parseCommandLine } from './program.ts';
import { reportError } from './report-errors.ts';

/**
 * Runs one command. Returns its exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted. Prints an error as one line
 * on standard error, with the stack under `--debug`.
 */
export async function run(commandLine: readonly string[], streams: ProcessStreams): Promise<number> {
  await using terminal = localTerminal(streams);
  const call = parseCommandLine(commandLine, commands, terminal);
  if ('exitCode' in call) return call.exitCode;
  using interruption = handlesInterrupt(call) ? streams.interruption?.() : undefined;
  let config: ReturnType<typeof loadConfig> | undefined;
  const context: LocalContext = {
    terminal,
    environment: streams.environment,
    signal: interruption?.signal ?? new AbortController().signal,
    config() {
      config ??= loadConfig(streams.environment);
      return config;
    },
  };
  try {
    const { command, input } = call;
    if (command.needs === 'environment') return await command.run(input, context);
    return await runWithDatabase(command, input, commandLine, context);
  } catch (error) {
    return reportError(error, terminal.stderr, call);
  }
}

function handlesInterrupt({ command }: CommandCall): boolean {
  return command.needs !== 'environment' && command.handlesInterrupt === true;
}

/** Runs the command here, or in the process that serves the embedded database and holds its lock. */
async function runWithDatabase(
  command: DatabaseCommand,
  input: object,
  commandLine: readonly string[],
  context: LocalContext,
): Promise<number> {
  const { terminal, signal } = context;
  const done = (await command.prepare?.(input, context)) ?? null;
  if (done !== null) return done;
  const config = context.config();
  const application = await openDatabase(command, config, terminal.stderr).catch((error: unknown) => {
    if (command.alone !== true && isMicroblogError(error, 'storage_locked')) return null;
    throw error;
  });
  if (application === null) {
    const { dataDirectory } = config;
    return runInServingProcess({ dataDirectory, arguments: commandLine, terminal, signal });
  }
  await using opened = application;
  return await command.run(input, { terminal, signal, config, services: operatorServices(opened) });
}
