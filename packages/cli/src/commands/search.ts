import { isMicroblogError, type SearchIndexStatus, type SearchService } from '@microblog/core';
import { controlClient, loadConfig, type ReindexOptions, reindex } from '@microblog/host-koa/composition';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { openMigrated } from '../open.ts';
import { progressBar } from '../progress-bar.ts';
import { printLine, type Terminal } from '../terminal.ts';

export function searchCommand(context: CommandContext): Command {
  return new Command('search')
    .description('the search index')
    .addCommand(reindexCommand(context))
    .addCommand(statusCommand(context));
}

function reindexCommand({ terminal }: CommandContext): Command {
  return new Command('reindex')
    .description('put all posts into the search index, the newest first; goes on where it was interrupted')
    .option('--restart', 'begin with the newest post again, also where it was interrupted')
    .action(async ({ restart = false }: { restart?: boolean }) => {
      if (isOff(terminal)) return printLine(terminal.stdout, OFF);
      using bar = progressBar(terminal, 'Indexing');
      let shown = 0;
      const { done, posts } = await reindexWherever(terminal, {
        restart,
        onProgress(progress) {
          if (progress.done === 0) bar.start(progress.total);
          else bar.advance(progress.done - shown);
          shown = progress.done;
        },
      });
      bar.stop();
      printLine(terminal.stdout, `Indexed ${done} posts; the search index holds ${posts} and is complete.`);
    });
}

function statusCommand({ terminal }: CommandContext): Command {
  return new Command('status')
    .description('show how many posts the search index holds, how far it lags, and how large it is')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: true }) => {
      const { kind } = loadConfig(terminal.environment).search;
      if (isOff(terminal)) return printLine(terminal.stdout, json ? JSON.stringify({ search: kind }) : OFF);
      const status = await statusWherever(terminal);
      if (json) return printLine(terminal.stdout, JSON.stringify({ search: kind, ...status }));
      const { posts, bytes, progress, lag } = status;
      printLine(terminal.stdout, `search    ${kind}`);
      printLine(terminal.stdout, `posts     ${posts}${progress.complete ? '' : ', not complete'}`);
      printLine(terminal.stdout, `lag       ${describeLag(lag)}`);
      printLine(
        terminal.stdout,
        `size      ${bytes === null ? 'unknown' : `${(bytes / 2 ** 20).toFixed(1)} MB`}`,
      );
      if (!progress.complete) {
        printLine(
          terminal.stdout,
          'The process that runs jobs fills it; "microblog search reindex" does so at once.',
        );
      }
    });
}

const OFF = 'Search is off: see SEARCH in "microblog config".';

function isOff({ environment }: Terminal): boolean {
  return loadConfig(environment).search.kind === 'none';
}

type Lag = Awaited<ReturnType<SearchService['lag']>>;

/** In this process, or in the one that holds the embedded database. */
async function reindexWherever(terminal: Terminal, options: ReindexOptions) {
  try {
    await using application = await openMigrated(terminal, { movesEverything: true });
    const { storage, microblog } = application;
    return await reindex({ storage, search: microblog.search }, options);
  } catch (error) {
    if (!isMicroblogError(error, 'storage_locked')) throw error;
  }
  return controlClient(loadConfig(terminal.environment).dataDirectory).reindex(options);
}

/** As seen by this process, or by the one that holds the embedded database. */
async function statusWherever(terminal: Terminal): Promise<SearchIndexStatus & { readonly lag: Lag }> {
  try {
    await using application = await openMigrated(terminal, { movesEverything: true });
    const { search } = application.microblog;
    return { ...(await search.status()), lag: await search.lag() };
  } catch (error) {
    if (!isMicroblogError(error, 'storage_locked')) throw error;
  }
  return controlClient(loadConfig(terminal.environment).dataDirectory).searchStatus();
}

function describeLag({ posts, seconds }: Lag): string {
  if (posts === 0) return 'none';
  return `${posts} of the newest posts, the oldest of them for ${Math.round(seconds)} s`;
}
