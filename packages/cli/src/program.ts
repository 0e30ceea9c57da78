import { type CommandOutput, version } from '@microblog/host-koa/composition';
import { CommanderError, Command as CommandSyntax } from 'commander';
import type { Command, CommandGroup } from './command.ts';
import { BAD_USAGE, DONE } from './exit-codes.ts';

/** All commands, in the order of the help. */
export type CommandTree = readonly (Command | CommandGroup)[];

/** A command line that was parsed: a command with its input. */
export interface CommandCall {
  readonly command: Command;
  /** Arguments and options by their names. */
  readonly input: object;
  /** The words of the command, such as `users create`. */
  readonly name: string;
  /** Whether errors are shown with their stack. */
  readonly debug: boolean;
}

interface Outputs {
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
}

/** Parses a command line. Prints help and errors itself, and then returns an exit code. */
export function parseCommandLine(
  commandLine: readonly string[],
  commands: CommandTree,
  outputs: Outputs,
): CommandCall | { readonly exitCode: number } {
  let call: Omit<CommandCall, 'debug'> | undefined;
  const program = createProgram(commands, outputs, (given) => {
    call = given;
  });
  try {
    program.parse(commandLine, { from: 'user' });
  } catch (error) {
    // Commander has already printed the help or the error.
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? DONE : BAD_USAGE };
    throw error;
  }
  return call === undefined ? { exitCode: DONE } : { ...call, debug: program.opts().debug === true };
}

/** All commands with their options. Calls `onCall` with the command that the user typed. */
export function createProgram(
  commands: CommandTree,
  { stdout, stderr }: Outputs,
  onCall: (call: Omit<CommandCall, 'debug'>) => void,
): CommandSyntax {
  const program = new CommandSyntax('microblog')
    .description(
      'Runs and administers a microblog. Configured by environment variables: see "microblog config".',
    )
    .version(`${version} (Node.js ${process.versions.node})`, '-V, --version', 'show the version')
    .option('--debug', 'show the stack of an error')
    .helpCommand('help [command]', 'show the help of a command');
  for (const entry of commands) {
    if (!('commands' in entry)) {
      program.addCommand(syntaxOf(entry, entry.name, onCall));
      continue;
    }
    const group = new CommandSyntax(entry.name).description(entry.description);
    for (const command of entry.commands) {
      group.addCommand(syntaxOf(command, `${entry.name} ${command.name}`, onCall));
    }
    program.addCommand(group);
  }
  for (const command of withDescendants(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'microblog: ')),
    });
    command.showHelpAfterError('(add --help for how to call it)');
  }
  return program;
}

function syntaxOf(
  command: Command,
  name: string,
  onCall: (call: Omit<CommandCall, 'debug'>) => void,
): CommandSyntax {
  const bare = new CommandSyntax(command.name).description(command.description);
  const syntax = command.syntax?.(bare) ?? bare;
  return syntax.action(() => {
    const names = syntax.registeredArguments.map((argument) => argument.name());
    const given = Object.fromEntries(names.map((key, index) => [key, syntax.processedArgs[index]]));
    onCall({ command, input: { ...given, ...syntax.opts() }, name });
  });
}

function withDescendants(command: CommandSyntax): CommandSyntax[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}
