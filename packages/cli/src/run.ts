import { isMicroblogError } from '@microblog/core';
import { version } from '@microblog/host-koa/composition';
import { Command, CommanderError } from 'commander';
import type { CommandContext, CommandOutcome } from './command-context.ts';
import { backupCommand } from './commands/backup.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downgradeCommand, initCommand, statusCommand, upgradeCommand } from './commands/migrations.ts';
import { restoreCommand } from './commands/restore.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { translationsCommand } from './commands/translations.ts';
import { usersCommand } from './commands/users.ts';
import { workerCommand } from './commands/worker.ts';
import { describeError } from './describe-error.ts';
import { BAD_USAGE, DONE, FAILED, UsageError } from './exit-codes.ts';
import { printLine, type Terminal } from './terminal.ts';

/**
 * Runs one command and returns its exit code: 0 done, 1 failed, 2 bad usage. Errors are one line on
 * stderr, with the stack under `--debug`.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const outcome: CommandOutcome = { exitCode: DONE };
  const program = createProgram(terminal, outcome);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    // Commander has printed the help or the fault by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : BAD_USAGE;
    printLine(terminal.stderr, `microblog: ${describeError(error)}`);
    if (program.opts().debug)
      printLine(terminal.stderr, String(error instanceof Error ? error.stack : error));
    return isBadUsage(error) ? BAD_USAGE : FAILED;
  }
}

/** Arguments that no run of the command could take. */
function isBadUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    isMicroblogError(error, 'invalid_input') ||
    isMicroblogError(error, 'invalid_cursor')
  );
}

/** All commands with their options; `outcome` hears how the one that runs ends. */
export function createProgram(terminal: Terminal, outcome: CommandOutcome): Command {
  const context: CommandContext = { terminal, outcome };
  const program = new Command('microblog')
    .description(
      'Runs and administers a microblog. Configured by environment variables: see "microblog config".',
    )
    .version(`${version} (Node.js ${process.versions.node})`, '-V, --version', 'show the version')
    .option('--debug', 'show the stack of an error')
    .helpCommand('help [command]', 'show the help of a command');
  for (const command of [
    serveCommand(context),
    workerCommand(context),
    initCommand(context),
    upgradeCommand(context),
    downgradeCommand(context),
    statusCommand(context),
    usersCommand(context),
    searchCommand(context),
    translationsCommand(context),
    backupCommand(context),
    restoreCommand(context),
    demoCommand(context),
    configCommand(context),
    doctorCommand(context),
  ]) {
    program.addCommand(command);
  }
  for (const command of withDescendants(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'microblog: ')),
    });
    command.showHelpAfterError('(add --help for how to call it)');
  }
  return program;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}
