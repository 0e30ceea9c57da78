import { operator, type Role, roles } from '@microblog/core';
import { Option } from 'commander';
import type { DatabaseCommand } from '../../command.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine } from '../../terminal.ts';
import { newPassword } from './new-password.ts';
import { userAsJson } from './user-as-json.ts';

interface CreateInput {
  readonly nickname: string;
  readonly email: string;
  readonly passwordStdin?: true;
  readonly role: Role;
  readonly json?: true;
}

export const createCommand: DatabaseCommand<CreateInput, 'accounts'> = {
  name: 'create',
  description: 'make an account, even if registration is closed',
  syntax: (syntax) =>
    syntax
      .argument('<nickname>')
      .argument('<email>')
      .option('--password-stdin', 'read the password from standard input; default: make one and print it')
      .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('member'))
      .option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, email, role, json, ...options }, { terminal, services: { accounts } }) {
    const { stdout } = terminal;
    const { password, isMade } = await newPassword(terminal, options);
    const user = await accounts.register(operator, { nickname, email, password, role });
    if (json) {
      printLine(stdout, JSON.stringify({ ...userAsJson(user), ...(isMade ? { password } : {}) }));
      return DONE;
    }
    printLine(stdout, `Created ${user.nickname} (${user.role}).`);
    if (isMade) printLine(stdout, `Password: ${password}`);
    return DONE;
  },
};
