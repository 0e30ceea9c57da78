import type { CommandTerminal, Config, OperatorServices } from '@microblog/host-koa/composition';
import type { Command as CommandSyntax } from 'commander';

/**
 * A command of `microblog`. It reads, writes and asks only through its context, so that it runs in the process
 * that the user started and in the process that serves an embedded database alike.
 */
export type Command = LocalCommand | DatabaseCommand;

/** Commands below one word, such as `users create`. */
export interface CommandGroup {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly Command[];
}

interface CommandSpecification {
  /** The word that is typed. */
  readonly name: string;
  readonly description: string;
  /** Adds arguments and options. The command gets them as one object, by their names. */
  syntax?(syntax: CommandSyntax): CommandSyntax;
}

/** A command about the program or its environment. It always runs in the process that the user started. */
export interface LocalCommand<Input extends object = object> extends CommandSpecification {
  readonly needs: 'environment';
  /** Returns the exit code. What it throws becomes one line on standard error. */
  run(input: Input, context: LocalContext): Promise<number>;
}

/** A command that works with services, `Service` by name. */
export interface DatabaseCommand<
  Input extends object = object,
  Service extends keyof OperatorServices = keyof OperatorServices,
> extends CommandSpecification {
  /** `migrated database`: an embedded database is migrated first; a server must be up to date. */
  readonly needs: 'database' | 'migrated database';
  /** It must not run beside a process that serves the database. Default: it runs in that process. */
  readonly alone?: boolean;
  /** It ends by itself when its signal aborts. Default: an interrupt ends the process at once. */
  readonly handlesInterrupt?: boolean;
  /** It reads or writes everything, so that slow statements are expected and not reported. */
  readonly movesEverything?: boolean;
  /**
   * What happens in the user's own process before a database is opened: checks that need none, and questions.
   * Returns an exit code if the command ends there, or null.
   */
  prepare?(input: Input, context: LocalContext): Promise<number | null>;
  /** Returns the exit code. What it throws becomes one line on standard error. */
  run(input: Input, context: DatabaseContext<Service>): Promise<number>;
}

interface CommandContext {
  readonly terminal: CommandTerminal;
  /** Aborts when the user interrupts the command, or has gone. */
  readonly signal: AbortSignal;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LocalContext extends CommandContext {
  readonly environment: Environment;
  /** Reads the configuration at the first call. @throws {ConfigurationError} with all faults. */
  config(): Config;
}

export interface DatabaseContext<Service extends keyof OperatorServices> extends CommandContext {
  /** Of the process that runs the command. */
  readonly config: Config;
  readonly services: Pick<OperatorServices, Service>;
}
