import { operator } from '@microblog/core';
import { readableEmail } from '@microblog/host-koa/composition';
import type { DatabaseCommand } from '../../command.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine, printTable } from '../../terminal.ts';
import { userInFull } from './user-as-json.ts';

interface ShowInput {
  readonly nickname: string;
  readonly json?: true;
}

export const showCommand: DatabaseCommand<ShowInput, 'accounts'> = {
  name: 'show',
  description: 'show one user with all facts about their account',
  syntax: (syntax) => syntax.argument('<nickname>', 'or the e-mail address').option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, json }, { terminal: { stdout }, services: { accounts } }) {
    const user = await accounts.show(operator, nickname);
    if (json) {
      printLine(stdout, JSON.stringify(userInFull(user)));
      return DONE;
    }
    const address = user.email === null ? 'none' : readableEmail(user.email);
    const moment = (date: Date | null, otherwise: string) => date?.toISOString() ?? otherwise;
    printTable(
      stdout,
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
    return DONE;
  },
};
