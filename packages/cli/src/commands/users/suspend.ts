import { operator } from '@microblog/core';
import type { DatabaseCommand } from '../../command.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine } from '../../terminal.ts';
import { userInFull } from './user-as-json.ts';

interface SuspendInput {
  readonly nickname: string;
  readonly json?: true;
}

export const suspendCommand: DatabaseCommand<SuspendInput, 'accounts'> = {
  name: 'suspend',
  description: 'suspend a user: their sessions end and they cannot sign in; their posts stay',
  syntax: (syntax) => syntax.argument('<nickname>', 'or the e-mail address').option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, json }, { terminal: { stdout }, services: { accounts } }) {
    const user = await accounts.suspend(operator, nickname);
    printLine(stdout, json ? JSON.stringify(userInFull(user)) : `${user.nickname} is suspended.`);
    return DONE;
  },
};

export const unsuspendCommand: DatabaseCommand<SuspendInput, 'accounts'> = {
  name: 'unsuspend',
  description: 'end the suspension of a user',
  syntax: (syntax) => syntax.argument('<nickname>', 'or the e-mail address').option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ nickname, json }, { terminal: { stdout }, services: { accounts } }) {
    const user = await accounts.unsuspend(operator, nickname);
    printLine(stdout, json ? JSON.stringify(userInFull(user)) : `${user.nickname} may sign in again.`);
    return DONE;
  },
};
