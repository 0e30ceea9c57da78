import { operator } from '@microblog/core';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { openMigrated } from '../../open.ts';
import { printLine } from '../../terminal.ts';
import { userInFull } from './user-as-json.ts';

export function suspendCommand({ terminal }: CommandContext): Command {
  return new Command('suspend')
    .description('keep somebody out: their sessions end and they cannot sign in; their posts stay')
    .argument('<nickname>')
    .option('--json', 'print JSON')
    .action(async (nickname: string, { json }: { json?: true }) => {
      await using application = await openMigrated(terminal);
      const user = await application.microblog.accounts.suspend(operator, nickname);
      printLine(terminal.stdout, json ? JSON.stringify(userInFull(user)) : `${user.nickname} is suspended.`);
    });
}

export function unsuspendCommand({ terminal }: CommandContext): Command {
  return new Command('unsuspend')
    .description('let somebody in again')
    .argument('<nickname>')
    .option('--json', 'print JSON')
    .action(async (nickname: string, { json }: { json?: true }) => {
      await using application = await openMigrated(terminal);
      const user = await application.microblog.accounts.unsuspend(operator, nickname);
      printLine(
        terminal.stdout,
        json ? JSON.stringify(userInFull(user)) : `${user.nickname} may sign in again.`,
      );
    });
}
