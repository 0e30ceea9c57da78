import { operator } from '@microblog/core';
import type { DatabaseCommand } from '../../command.ts';
import { confirm, printNothingChanged } from '../../confirm.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine } from '../../terminal.ts';
import { userAsJson } from './user-as-json.ts';

interface DeleteInput {
  readonly nickname: string;
  readonly yes?: true;
  readonly json?: true;
}

export const deleteCommand: DatabaseCommand<DeleteInput, 'accounts'> = {
  name: 'delete',
  description: 'delete an account for good, with its posts, follows and everything else in it',
  syntax: (syntax) =>
    syntax
      .argument('<nickname>', 'or the e-mail address')
      .option('-y, --yes', 'do not ask')
      .option('--json', 'print the deleted account as JSON'),
  needs: 'migrated database',
  async run({ nickname, yes = false, json }, { terminal, services: { accounts } }) {
    const found = await accounts.show(operator, nickname);
    const question = `Delete ${found.nickname} for good, with posts: ${found.postCount}, followers: ${found.followerCount}?`;
    if (!(await confirm(terminal, question, { yes }))) {
      printNothingChanged(terminal, { json });
      return DONE;
    }
    const user = await accounts.remove(operator, found.nickname);
    printLine(terminal.stdout, json ? JSON.stringify(userAsJson(user)) : `Deleted ${user.nickname}.`);
    return DONE;
  },
};
