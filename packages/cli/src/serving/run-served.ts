import { type Application, operatorServices, type RunCommand } from '@microblog/host-koa/composition';
import { databaseCommands } from '../commands/database-commands.ts';
import { FAILED, UsageError } from '../exit-codes.ts';
import { parseCommandLine } from '../program.ts';
import { reportError } from '../report-errors.ts';

/** Runs commands with the services of the serving process. Logs their names, never their arguments. */
export function runServed(application: Application): RunCommand {
  const services = operatorServices(application);
  const { config, logger } = application;
  return async (commandLine, terminal, signal) => {
    const call = parseCommandLine(commandLine, databaseCommands, terminal);
    if ('exitCode' in call) return call.exitCode;
    const { command, input, name } = call;
    try {
      if (command.needs === 'environment' || command.alone) {
        throw new UsageError(`"${name}" does not run in the process that serves. Stop that process first.`);
      }
      const exitCode = await command.run(input, { terminal, signal, config, services });
      logger.info({ command: name, exitCode }, 'a command ran through the control socket');
      return exitCode;
    } catch (error) {
      const exitCode = reportError(error, terminal.stderr, call);
      if (exitCode === FAILED) {
        logger.warn({ err: error, command: name }, 'a command through the control socket failed');
      }
      return exitCode;
    }
  };
}
