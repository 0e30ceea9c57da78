import { MIN_PASSWORD_LENGTH } from '@microblog/core';
import { InvalidArgumentError } from 'commander';
import type { DatabaseCommand } from '../command.ts';
import { demoContent } from '../demo/demo-content.ts';
import { DONE, InterruptedError } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine } from '../terminal.ts';

interface DemoInput {
  readonly until: Date;
  readonly password?: string;
}

export const demoCommand: DatabaseCommand<DemoInput, 'sampleContent'> = {
  name: 'demo',
  description: 'add 40 sample people with 1,200 posts; nothing is added twice',
  syntax: (syntax) =>
    syntax
      .option('--until <date>', 'the time of the latest post; default: now', parseDate, new Date())
      .option(
        '--password <password>',
        'a password for all sample people; without it, they cannot sign in',
        parsePassword,
      ),
  needs: 'migrated database',
  handlesInterrupt: true,
  async run({ until, password }, { terminal, signal, services: { sampleContent } }) {
    const content = demoContent(until);
    using bar = progressBar(terminal, 'Adding');
    const added = await sampleContent
      .add(content, {
        password,
        signal,
        onStart: (total) => bar.start(total),
        onStep: () => bar.advance(1),
      })
      .catch((error: unknown) => {
        throw signal.aborted ? new InterruptedError('Interrupted; nothing was added.') : error;
      });
    bar.stop();
    if (!added) {
      printLine(terminal.stdout, 'The sample people are here already; nothing was added.');
      return DONE;
    }
    const { people, follows, posts } = content;
    printLine(
      terminal.stdout,
      `Added ${people.length} people, ${follows.length} follows and ${posts.length} posts.`,
    );
    if (password !== undefined) {
      printLine(terminal.stdout, `Sign in as ${people[0]?.nickname}, for example.`);
    }
    return DONE;
  },
};

function parsePassword(text: string): string {
  if (text.length < MIN_PASSWORD_LENGTH) {
    throw new InvalidArgumentError(`Give at least ${MIN_PASSWORD_LENGTH} characters.`);
  }
  return text;
}

function parseDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('Give a date such as 2026-01-31.');
  return date;
}
