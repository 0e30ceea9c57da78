import { operator } from '@microblog/core';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { confirm, sayNothingChanged } from '../../confirm.ts';
import { openMigrated } from '../../open.ts';
import { printLine } from '../../terminal.ts';
import { userAsJson } from './user-as-json.ts';

export function deleteCommand({ terminal }: CommandContext): Command {
  return new Command('delete')
    .description('delete an account for good, with its posts, follows and everything else in it')
    .argument('<nickname>')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print JSON: who they were')
    .action(async (nickname: string, { yes = false, json }: { yes?: boolean; json?: true }) => {
      await using application = await openMigrated(terminal);
      const { accounts, users } = application.microblog;
      const found = await users.show(operator, nickname);
      const question = `Delete ${found.nickname} for good, with posts: ${found.postCount}, followers: ${found.followerCount}?`;
      if (!(await confirm(terminal, question, { yes }))) {
        sayNothingChanged(terminal, { json });
        return;
      }
      const user = await accounts.remove(operator, found.nickname);
      printLine(terminal.stdout, json ? JSON.stringify(userAsJson(user)) : `Deleted ${user.nickname}.`);
    });
}
