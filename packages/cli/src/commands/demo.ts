import { MIN_PASSWORD_LENGTH } from '@microblog/core';
import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { demoContent } from '../demo/demo-content.ts';
import { plantDemo } from '../demo/plant-demo.ts';
import { openMigrated } from '../open.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine } from '../terminal.ts';

export function demoCommand({ terminal }: CommandContext): Command {
  return new Command('demo')
    .description('add 40 sample people with 1,200 posts; nothing is added twice')
    .option('--until <date>', 'when the latest post is written; default: now', parseDate, new Date())
    .option(
      '--password <password>',
      'let the sample people sign in with it; without one, nobody can',
      parsePassword,
    )
    .action(async ({ until, password }: { until: Date; password?: string }) => {
      await using application = await openMigrated(terminal);
      const content = demoContent(until);
      using bar = progressBar(terminal, 'Adding');
      const added = await plantDemo(application, content, {
        password,
        onStart: (total) => bar.start(total),
        onStep: () => bar.advance(1),
      });
      bar.stop();
      if (!added) {
        printLine(terminal.stdout, 'The sample people are here already; nothing was added.');
        return;
      }
      const { people, follows, posts } = content;
      printLine(
        terminal.stdout,
        `Added ${people.length} people, ${follows.length} follows and ${posts.length} posts.`,
      );
      if (password !== undefined)
        printLine(terminal.stdout, `Sign in as ${people[0]?.nickname}, for example.`);
    });
}

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
