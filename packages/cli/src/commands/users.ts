import type { CommandGroup } from '../command.ts';
import { createCommand } from './users/create.ts';
import { deleteCommand } from './users/delete.ts';
import { listCommand } from './users/list.ts';
import { resetPasswordCommand } from './users/reset-password.ts';
import { setRoleCommand } from './users/set-role.ts';
import { showCommand } from './users/show.ts';
import { suspendCommand, unsuspendCommand } from './users/suspend.ts';

export const usersCommands: CommandGroup = {
  name: 'users',
  description: 'people with an account',
  commands: [
    createCommand,
    listCommand,
    showCommand,
    setRoleCommand,
    suspendCommand,
    unsuspendCommand,
    resetPasswordCommand,
    deleteCommand,
  ],
};
