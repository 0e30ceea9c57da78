import { operator } from '@microblog/core';
import { readableEmail } from '@microblog/host-koa/composition';
import { InvalidArgumentError } from 'commander';
import type { DatabaseCommand } from '../../command.ts';
import { DONE } from '../../exit-codes.ts';
import { printLine, printTable } from '../../terminal.ts';
import { userAsJson } from './user-as-json.ts';

interface ListInput {
  readonly limit: number;
  readonly before?: string;
  readonly json?: true;
}

export const listCommand: DatabaseCommand<ListInput, 'accounts'> = {
  name: 'list',
  description: 'list people, the newest account first',
  syntax: (syntax) =>
    syntax
      .option('--limit <number>', 'how many, 200 at most', parseLimit, 50)
      .option('--before <cursor>', 'continue where an earlier list ended')
      .option('--json', 'print JSON'),
  needs: 'migrated database',
  async run({ limit, before, json }, { terminal: { stdout }, services: { accounts } }) {
    const page = await accounts.list(operator, { limit, before });
    if (json) {
      printLine(stdout, JSON.stringify({ users: page.items.map(userAsJson), next: page.next }));
      return DONE;
    }
    printTable(
      stdout,
      ['NICKNAME', 'E-MAIL', 'ROLE', 'POSTS', 'FOLLOWERS', 'JOINED'],
      page.items.map((user) => [
        user.nickname,
        readableEmail(user.email ?? ''),
        user.role,
        String(user.postCount),
        String(user.followerCount),
        user.createdAt.toISOString().slice(0, 10),
      ]),
    );
    if (page.next !== null) printLine(stdout, `More: microblog users list --before ${page.next}`);
    return DONE;
  },
};

function parseLimit(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text) || Number(text) > 200) {
    throw new InvalidArgumentError('Give a whole number from 1 to 200.');
  }
  return Number(text);
}
