import { operator } from '@microblog/core';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { confirm, sayNothingChanged } from '../../confirm.ts';
import { openMigrated } from '../../open.ts';
import { printLine } from '../../terminal.ts';
import { newPassword } from './new-password.ts';
import { userAsJson } from './user-as-json.ts';

interface ResetOptions {
  readonly passwordStdin?: true;
  readonly yes?: true;
  readonly json?: true;
}

export function resetPasswordCommand({ terminal }: CommandContext): Command {
  return new Command('reset-password')
    .description('give somebody a new password; the old one ends, and all their sessions')
    .argument('<nickname>')
    .option('--password-stdin', 'read it from standard input; without it one is made and printed')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print JSON')
    .action(async (nickname: string, options: ResetOptions) => {
      await using application = await openMigrated(terminal);
      const { accounts, users } = application.microblog;
      const found = await users.show(operator, nickname);
      // Standard input is taken: there is nobody to ask, and who pipes a password means it.
      const yes = options.yes === true || options.passwordStdin === true;
      if (
        !(await confirm(terminal, `Give ${found.nickname} a new password and end their sessions?`, { yes }))
      ) {
        sayNothingChanged(terminal, options);
        return;
      }
      const { password, isMade } = await newPassword(terminal, options);
      const user = await accounts.setPassword(operator, { nickname: found.nickname, password });
      if (options.json) {
        const made = isMade ? { password } : {};
        printLine(terminal.stdout, JSON.stringify({ ...userAsJson(user), ...made }));
        return;
      }
      printLine(terminal.stdout, `${user.nickname} has a new password; all sessions have ended.`);
      if (isMade) printLine(terminal.stdout, `Password: ${password}`);
    });
}
