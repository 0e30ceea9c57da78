import type { CommandTree } from '../program.ts';
import { configCommand } from './config.ts';
import { databaseCommands } from './database-commands.ts';
import { doctorCommand } from './doctor.ts';
import { serveCommand } from './serve.ts';
import { translationsCommands } from './translations.ts';
import { workerCommand } from './worker.ts';

/** Every command, in the order of the help. */
export const commands: CommandTree = [
  serveCommand,
  workerCommand,
  ...databaseCommands,
  translationsCommands,
  configCommand,
  doctorCommand,
];
