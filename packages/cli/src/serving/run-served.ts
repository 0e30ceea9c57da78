import type { Logger } from '@microblog/core';
import {
  type Application,
  isCallersError,
  operatorServices,
  type RunCommand,
  TerminalError,
} from '@microblog/host-koa/composition';
import { databaseCommands } from '../commands/database-commands.ts';
import { InterruptedError, UsageError } from '../exit-codes.ts';
import { parseCommandLine } from '../program.ts';
import { reportError } from '../report-errors.ts';

/**
 * Runs commands with the services of the serving process. Logs their names and exit codes, never their arguments. Also
 * logs an error, but only if the caller did not cause it: the words of a caller's error can hold what the user typed.
 */
export function runServed(
  application: Application,
  logger: Pick<Logger, 'info' | 'error'> = application.logger,
): RunCommand {
  const services = operatorServices(application);
  const { config } = application;
  return async (commandLine, terminal, signal) => {
    const call = parseCommandLine(commandLine, databaseCommands, terminal);
    if ('exitCode' in call) return call.exitCode;
    const { command, input, name } = call;
    const finish = (exitCode: number) => {
      logger.info({ command: name, exitCode }, 'a command ran through the control socket');
      return exitCode;
    };
    try {
      if (command.needs === 'environment' || command.alone) {
        throw new UsageError(`"${name}" does not run in the process that serves. Stop that process first.`);
      }
      return finish(await command.run(input, { terminal, signal, config, services }));
    } catch (error) {
      const exitCode = reportError(error, terminal.stderr, call);
      if (isCausedByCaller(error)) return finish(exitCode);
      logger.error({ err: error, command: name, exitCode }, 'a command through the control socket failed');
      return exitCode;
    }
  };
}

/** Whether the error comes from the command line, an interrupt, or the user's terminal and files. */
function isCausedByCaller(error: unknown): boolean {
  if (error instanceof UsageError || error instanceof InterruptedError || isCallersError(error)) return true;
  if (error instanceof TerminalError) return true;
  // A message for the user wraps the error of the system.
  return error instanceof Error && error.cause instanceof TerminalError;
}
