import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { operator, type Role, roles, type User } from '@microblog/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { openMigrated } from '../open.ts';
import { printLine, printTable } from '../terminal.ts';

export function usersCommand(context: CommandContext): Command {
  return new Command('users')
    .description('people with an account')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context));
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
      const given = options.passwordStdin ? (await text(terminal.stdin)).replace(/\r?\n$/, '') : undefined;
      const password = given ?? randomBytes(12).toString('base64url');
      await using application = await openMigrated(terminal);
      const { accounts } = application.microblog;
      const user = await accounts.register(operator, { nickname, email, password, role: options.role });
      if (options.json) {
        const generated = given === undefined ? { password } : {};
        printLine(terminal.stdout, JSON.stringify({ ...asJson(user), ...generated }));
        return;
      }
      printLine(terminal.stdout, `Created ${user.nickname} (${user.role}).`);
      if (given === undefined) printLine(terminal.stdout, `Password: ${password}`);
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
        printLine(terminal.stdout, JSON.stringify({ users: page.items.map(asJson), next: page.next }));
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

function asJson({ id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount }: User) {
  return { id, nickname, email, role, createdAt, lastSeenAt, postCount, followerCount };
}
