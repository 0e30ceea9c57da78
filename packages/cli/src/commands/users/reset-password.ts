import { operator } from '@microblog/core';
import type { DatabaseCommand } from '../../command.ts';
import { confirm, printNothingChanged } from '../../confirm.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine } from '../../terminal.ts';
import { newPassword } from './new-password.ts';
import { userAsJson } from './user-as-json.ts';

interface ResetInput {
  readonly nickname: string;
  readonly passwordStdin?: true;
  readonly yes?: true;
  readonly json?: true;
}

export const resetPasswordCommand: DatabaseCommand<ResetInput, 'accounts'> = {
  name: 'reset-password',
  description: 'set a new password for a user; the old one and all their sessions end',
  syntax: (syntax) =>
    syntax
      .argument('<nickname>', 'or the e-mail address')
      .option('--password-stdin', 'read it from standard input; default: make one and print it')
      .option('-y, --yes', 'do not ask')
      .option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, ...options }, { terminal, services: { accounts } }) {
    const { stdout } = terminal;
    const found = await accounts.show(operator, nickname);
    // A user who pipes a password can't answer a question: standard input has the password.
    const yes = options.yes === true || options.passwordStdin === true;
    const question = `Give ${found.nickname} a new password and end their sessions?`;
    if (!(await confirm(terminal, question, { yes }))) {
      printNothingChanged(terminal, options);
      return DONE;
    }
    const { password, isMade } = await newPassword(terminal, options);
    const user = await accounts.setPassword(operator, { nickname: found.nickname, password });
    if (options.json) {
      printLine(stdout, JSON.stringify({ ...userAsJson(user), ...(isMade ? { password } : {}) }));
      return DONE;
    }
    printLine(stdout, `${user.nickname} has a new password; all sessions have ended.`);
    if (isMade) printLine(stdout, `Password: ${password}`);
    return DONE;
  },
};
