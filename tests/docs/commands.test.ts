import { describe, expect, it } from 'vitest';
import { commands } from '../../packages/cli/src/commands/index.ts';
import { createProgram } from '../../packages/cli/src/program.ts';
import { proofOf } from './code-blocks.ts';
import { commandFaults } from './commands.ts';
import { documentation, isGenerated } from './pages.ts';

const program = createProgram(commands, process, () => {});
const pages = documentation().filter((page) => !isGenerated(page));

describe('commands in the documentation', () => {
  it.each(pages)('of $path are there, with their options', ({ blocks, code }) => {
    const shell = blocks.filter((block) => proofOf(block) === 'command').map(({ text }) => text);
    const inline = code.filter((text) => /^(npx|pnpm|microblog|heroku)\s/.test(text));
    expect([...shell, ...inline].flatMap((text) => commandFaults(text, program))).toEqual([]);
  });

  it.each([
    ['microblog fly', 'microblog has no command fly'],
    ['X=1 microblog users create --wings ada', 'microblog users create has no option --wings'],
    ['microblog status now', 'microblog status takes 0 arguments'],
    ['npx -y pnpm@12 fly', 'pnpm fly: there is no such script'],
    ['npx -y pnpm@12 microblog demo --wings', 'microblog demo has no option --wings'],
    ['cd app && heroku run --no-tty fly', 'heroku run fly: the Procfile has no such process'],
    ["heroku run 'node packages/cli/dist/main.js fly'", 'microblog has no command fly'],
    ['cp deploy/nothing.conf /etc', 'deploy/nothing.conf: there is no such file'],
  ])('%s would be found', (command, fault) => {
    expect(commandFaults(command, program)).toEqual([fault]);
  });

  it.each(['microblog', 'microblog help serve', 'microblog backup "a b.gz" --force', 'pnpm install'])(
    '%s is there',
    (command) => expect(commandFaults(command, program)).toEqual([]),
  );
});
