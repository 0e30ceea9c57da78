import { operator, type Role, roles } from '@microblog/core';
import { Argument } from 'commander';
import type { DatabaseCommand } from '../../command.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine } from '../../terminal.ts';
import { userAsJson } from './user-as-json.ts';

interface SetRoleInput {
  readonly nickname: string;
  readonly role: Role;
  readonly json?: true;
}

export const setRoleCommand: DatabaseCommand<SetRoleInput, 'accounts'> = {
  name: 'set-role',
  description: 'set the role of a user: moderators may delete any post, administrators manage accounts',
  syntax: (syntax) =>
    syntax
      .argument('<nickname>', 'or the e-mail address')
      .addArgument(new Argument('<role>').choices(roles))
      .option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, role, json }, { terminal: { stdout }, services: { accounts } }) {
    const user = await accounts.setRole(operator, nickname, role);
    printLine(stdout, json ? JSON.stringify(userAsJson(user)) : `${user.nickname} is ${user.role} now.`);
    return DONE;
  },
};
