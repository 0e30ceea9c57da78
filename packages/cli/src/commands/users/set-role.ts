import { operator, type Role, roles } from '@microblog/core';
import { Argument, Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { openMigrated } from '../../open.ts';
import { printLine } from '../../terminal.ts';
import { userAsJson } from './user-as-json.ts';

export function setRoleCommand({ terminal }: CommandContext): Command {
  return new Command('set-role')
    .description('say what somebody may do: moderators delete any post, administrators look after accounts')
    .argument('<nickname>')
    .addArgument(new Argument('<role>').choices(roles))
    .option('--json', 'print JSON')
    .action(async (nickname: string, role: Role, { json }: { json?: true }) => {
      await using application = await openMigrated(terminal);
      const user = await application.microblog.accounts.setRole(operator, nickname, role);
      printLine(
        terminal.stdout,
        json ? JSON.stringify(userAsJson(user)) : `${user.nickname} is ${user.role} now.`,
      );
    });
}
