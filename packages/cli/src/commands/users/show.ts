import { operator } from '@microblog/core';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { openMigrated } from '../../open.ts';
import { printLine, printTable } from '../../terminal.ts';
import { userInFull } from './user-as-json.ts';

export function showCommand({ terminal }: CommandContext): Command {
  return new Command('show')
    .description('one person, with all that is known of their account')
    .argument('<nickname>')
    .option('--json', 'print JSON')
    .action(async (nickname: string, { json }: { json?: true }) => {
      await using application = await openMigrated(terminal);
      const user = await application.microblog.users.show(operator, nickname);
      if (json) return printLine(terminal.stdout, JSON.stringify(userInFull(user)));
      const address = user.email ?? 'none';
      const moment = (date: Date | null, otherwise: string) => date?.toISOString() ?? otherwise;
      printTable(
        terminal.stdout,
        ['NICKNAME', user.nickname],
        [
          ['ID', user.id],
          ['E-MAIL', user.email === null || user.emailVerifiedAt ? address : `${address} (not confirmed)`],
          ['ROLE', user.role],
          ['SUSPENDED', moment(user.suspendedAt, 'no')],
          ['JOINED', moment(user.createdAt, '')],
          ['LAST SEEN', moment(user.lastSeenAt, 'never')],
          ['POSTS', String(user.postCount)],
          ['FOLLOWERS', String(user.followerCount)],
          ['FOLLOWING', String(user.followingCount)],
          ['LANGUAGE', user.locale ?? 'not chosen'],
          ['ABOUT', user.aboutMe],
        ],
      );
    });
}
