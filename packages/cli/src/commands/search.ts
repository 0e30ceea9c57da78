import { isMicroblogError, noSearchProgress } from '@microblog/core';
import { type Application, configuredSearchIndex, loadConfig } from '@microblog/host-koa/composition';
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
      const application = await openOrNull(terminal);
      if (application === null) return reindexWhereServed(terminal);
      await using opened = application;
      const { search } = opened.microblog;
      if (!search.enabled) return printLine(terminal.stdout, OFF);
      const before = await search.status();
      const again = restart || before.progress.complete;
      const total = await countPosts(opened);
      using bar = progressBar(terminal, 'Indexing');
      bar.start(Math.max(0, total - (again || before.progress.reached === null ? 0 : before.posts)));
      let done = 0;
      await search.fill({
        again,
        onProgress(added) {
          bar.advance(added - done);
          done = added;
        },
      });
      bar.stop();
      const { posts } = await search.status();
      printLine(terminal.stdout, `Indexed ${done} posts; the search index holds ${posts} and is complete.`);
    });
}

function statusCommand({ terminal }: CommandContext): Command {
  return new Command('status')
    .description('show how many posts the search index holds, how far it lags, and how large it is')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: true }) => {
      const { kind } = loadConfig(terminal.environment).search;
      await using opened = await openOrNull(terminal);
      const index =
        opened?.search ?? configuredSearchIndex(loadConfig(terminal.environment), { storage: null });
      if (!index.enabled) return printLine(terminal.stdout, json ? JSON.stringify({ search: kind }) : OFF);
      const status = await index.status();
      // Nobody else may look into an embedded database that is in use.
      const lag = opened === null ? null : await opened.microblog.search.lag();
      if (opened === null) await index.close();
      if (json) return printLine(terminal.stdout, JSON.stringify({ search: kind, ...status, lag }));
      const { posts, bytes, progress } = status;
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

/** Null where another process holds the embedded database, and the index can be reached without it. */
async function openOrNull(terminal: Terminal): Promise<Application | null> {
  try {
    return await openMigrated(terminal, { movesEverything: true });
  } catch (error) {
    const { search } = loadConfig(terminal.environment);
    if (isMicroblogError(error, 'storage_locked') && search.kind !== 'postgres') return null;
    throw error;
  }
}

/** The process that holds the database fills the index when it sees that it is not complete. */
async function reindexWhereServed(terminal: Terminal): Promise<void> {
  const index = configuredSearchIndex(loadConfig(terminal.environment), { storage: null });
  if (!index.enabled) return printLine(terminal.stdout, OFF);
  await index.add([], noSearchProgress);
  await index.close();
  printLine(
    terminal.stdout,
    'The process that serves fills the search index anew, within a minute: see "microblog search status".',
  );
}

async function countPosts({ storage }: Application): Promise<number> {
  let total = 0;
  for (let before: string | undefined; ; ) {
    const { items, next } = await storage.users.list({ limit: 200, before });
    total += items.reduce((sum, { postCount }) => sum + postCount, 0);
    if (next === null) return total;
    before = next;
  }
}

function describeLag(lag: { readonly posts: number; readonly seconds: number } | null): string {
  if (lag === null) return 'unknown while the embedded database is in use';
  if (lag.posts === 0) return 'none';
  return `${lag.posts} of the newest posts, the oldest of them for ${Math.round(lag.seconds)} s`;
}
