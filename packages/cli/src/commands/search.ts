import type { SearchLag } from '@microblog/host-koa/composition';
import type { CommandGroup, DatabaseCommand, LocalContext } from '../command.ts';
import { DONE, InterruptedError } from '../exit-codes.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine } from '../terminal.ts';

const reindexCommand: DatabaseCommand<{ readonly restart?: true }, 'searchIndex'> = {
  name: 'reindex',
  description: 'put all posts into the search index, newest first; continues after an interruption',
  syntax: (syntax) =>
    syntax.option('--restart', 'start again with the newest post, even after an interruption'),
  needs: 'migrated database',
  movesEverything: true,
  async prepare(_input, context) {
    if (!isOff(context)) return null;
    printLine(context.terminal.stdout, OFF);
    return DONE;
  },
  async run({ restart = false }, { terminal, signal, services: { searchIndex } }) {
    using bar = progressBar(terminal, 'Indexing');
    let shown = 0;
    const { done, posts } = await searchIndex.reindex({
      restart,
      signal,
      onProgress(progress) {
        if (progress.done === 0) bar.start(progress.total);
        else bar.advance(progress.done - shown);
        shown = progress.done;
      },
    });
    bar.stop();
    if (signal.aborted) {
      throw new InterruptedError(`Interrupted after ${done} posts; the next run continues there.`);
    }
    printLine(terminal.stdout, `Indexed ${done} posts; the search index holds ${posts} and is complete.`);
    return DONE;
  },
};

const statusCommand: DatabaseCommand<{ readonly json?: true }, 'searchIndex'> = {
  name: 'status',
  description: 'show how many posts the search index holds, how far it lags, and how large it is',
  syntax: (syntax) => syntax.option('--json', 'print JSON'),
  needs: 'migrated database',
  movesEverything: true,
  async prepare({ json }, context) {
    if (!isOff(context)) return null;
    printLine(context.terminal.stdout, json ? JSON.stringify({ search: 'none' }) : OFF);
    return DONE;
  },
  async run({ json }, { terminal: { stdout }, config, services: { searchIndex } }) {
    const { kind } = config.search;
    const status = await searchIndex.status();
    if (json) {
      printLine(stdout, JSON.stringify({ search: kind, ...status }));
      return DONE;
    }
    const { posts, bytes, progress, lag } = status;
    printLine(stdout, `search    ${kind}`);
    printLine(stdout, `posts     ${posts}${progress.complete ? '' : ', not complete'}`);
    printLine(stdout, `lag       ${describeLag(lag)}`);
    printLine(stdout, `size      ${bytes === null ? 'unknown' : `${(bytes / 2 ** 20).toFixed(1)} MB`}`);
    if (!progress.complete) {
      printLine(stdout, 'The process that runs jobs fills it; "microblog search reindex" does so at once.');
    }
    return DONE;
  },
};

export const searchCommands: CommandGroup = {
  name: 'search',
  description: 'the search index',
  commands: [reindexCommand, statusCommand],
};

const OFF = 'Search is off: see SEARCH in "microblog config".';

function isOff({ config }: LocalContext): boolean {
  return config().search.kind === 'none';
}

function describeLag({ posts, seconds }: SearchLag): string {
  if (posts === 0) return 'none';
  return `${posts} of the newest posts, the oldest of them for ${Math.round(seconds)} s`;
}
