import { operator, type Role, roles } from '@microblog/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { openMigrated } from '../open.ts';
import { printLine, printTable } from '../terminal.ts';
import { deleteCommand } from './users/delete.ts';
import { newPassword } from './users/new-password.ts';
import { resetPasswordCommand } from './users/reset-password.ts';
import { setRoleCommand } from './users/set-role.ts';
import { showCommand } from './users/show.ts';
import { suspendCommand, unsuspendCommand } from './users/suspend.ts';
import { userAsJson } from './users/user-as-json.ts';

export function usersCommand(context: CommandContext): Command {
  return new Command('users')
    .description('people with an account')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(setRoleCommand(context))
    .addCommand(suspendCommand(context))
    .addCommand(unsuspendCommand(context))
    .addCommand(resetPasswordCommand(context))
    .addCommand(deleteCommand(context));
}

interface CreateOptions {
  readonly passwordStdin?: true;
  readonly role: Role;
  readonly json?: true;
}

function createCommand({ terminal }: CommandContext): Command {
  return new Command('create')
    .description('make an account, also while registration is closed')
    .argument('<nickname>')
    .argument('<email>')
    .option('--password-stdin', 'read the password from standard input; without it one is made and printed')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('member'))
    .option('--json', 'print JSON')
    .action(async (nickname: string, email: string, options: CreateOptions) => {
      const { password, isMade } = await newPassword(terminal, options);
      await using application = await openMigrated(terminal);
      const { accounts } = application.microblog;
      const user = await accounts.register(operator, { nickname, email, password, role: options.role });
      if (options.json) {
        const generated = isMade ? { password } : {};
        printLine(terminal.stdout, JSON.stringify({ ...userAsJson(user), ...generated }));
        return;
      }
      printLine(terminal.stdout, `Created ${user.nickname} (${user.role}).`);
      if (isMade) printLine(terminal.stdout, `Password: ${password}`);
    });
}

interface ListOptions {
  readonly limit: number;
  readonly before?: string;
  readonly json?: true;
}

function listCommand({ terminal }: CommandContext): Command {
  return new Command('list')
    .description('list people, the newest account first')
    .option('--limit <number>', 'how many, 200 at most', parseLimit, 50)
    .option('--before <cursor>', 'go on where an earlier list ended')
    .option('--json', 'print JSON')
    .action(async ({ limit, before, json }: ListOptions) => {
      await using application = await openMigrated(terminal);
      const page = await application.microblog.users.list(operator, { limit, before });
      if (json) {
        printLine(terminal.stdout, JSON.stringify({ users: page.items.map(userAsJson), next: page.next }));
        return;
      }
      printTable(
        terminal.stdout,
        ['NICKNAME', 'E-MAIL', 'ROLE', 'POSTS', 'FOLLOWERS', 'JOINED'],
        page.items.map((user) => [
          user.nickname,
          user.email ?? '',
          user.role,
          String(user.postCount),
          String(user.followerCount),
          user.createdAt.toISOString().slice(0, 10),
        ]),
      );
      if (page.next !== null) printLine(terminal.stdout, `More: microblog users list --before ${page.next}`);
    });
}

function parseLimit(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text) || Number(text) > 200) {
    throw new InvalidArgumentError('Give a whole number from 1 to 200.');
  }
  return Number(text);
}
