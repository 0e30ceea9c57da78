import type { CommandTerminal, Config, OperatorServices } from '@microblog/host-koa/composition';
import type { Command as CommandSyntax } from 'commander';

/**
 * A command of `microblog`. It reads, writes and asks only through its context. So it can run in the process that the
 * user started, or in the process that serves an embedded database.
 */
export type Command = LocalCommand | DatabaseCommand;

/** Commands below one word, such as `users create`. */
export interface CommandGroup {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly Command[];
}

interface CommandSpecification {
  /** The word that the user types. */
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

/** A command that uses services; `Service` has their names. */
export interface DatabaseCommand<
  Input extends object = object,
  Service extends keyof OperatorServices = keyof OperatorServices,
> extends CommandSpecification {
  /** `migrated database`: an embedded database is migrated first; a server must be up to date. */
  readonly needs: 'database' | 'migrated database';
  /** True if it must not run while another process serves the database. Default: it runs in that process. */
  readonly alone?: boolean;
  /** True if it ends by itself when its signal aborts. Default: an interrupt ends the process at once. */
  readonly handlesInterrupt?: boolean;
  /** True if it reads or writes everything. Its slow statements are expected and not reported. */
  readonly movesEverything?: boolean;
  /**
   * Runs in the user's own process before a database is opened: checks that need no database, and questions. Returns an
   * exit code if the command ends there; null if it continues.
   */
  prepare?(input: Input, context: LocalContext): Promise<number | null>;
  /** Returns the exit code. What it throws becomes one line on standard error. */
  run(input: Input, context: DatabaseContext<Service>): Promise<number>;
}

interface CommandContext {
  readonly terminal: CommandTerminal;
  /** Aborts if the user interrupts the command or disconnects. */
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
