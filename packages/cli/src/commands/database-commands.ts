import type { CommandTree } from '../program.ts';
import { backupCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { downgradeCommand, initCommand, statusCommand } from './migrations.ts';
import { restoreCommand } from './restore.ts';
import { searchCommands } from './search.ts';
import { upgradeCommand } from './upgrade.ts';
import { usersCommands } from './users.ts';

/** Commands that work with a database. While a process serves an embedded one, those without `alone` run there. */
export const databaseCommands: CommandTree = [
  initCommand,
  upgradeCommand,
  downgradeCommand,
  statusCommand,
  usersCommands,
  searchCommands,
  backupCommand,
  restoreCommand,
  demoCommand,
];
