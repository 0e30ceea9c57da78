import { exitOnCrash, loadConfig, openApplication, prepareDatabase } from '@microblog/host-koa/composition';
import { Command } from 'commander';
import { firstSignal } from '../first-signal.ts';
import { startProfiling } from '../profile/profiling.ts';
import type { CommandContext } from '../run.ts';
import { printLine } from '../terminal.ts';

/** Serves the pages until SIGTERM or SIGINT. */
export function serveCommand({ terminal }: CommandContext): Command {
  return new Command('serve')
    .description('serve the microblog; an embedded database is migrated first')
    .option('--profile <directory>', 'write a CPU profile there at the end, and print how long routes took')
    .action(async ({ profile }: { profile?: string }) => {
      // From the first moment: a signal while the database opens must end the process in good order too.
      const signal = firstSignal();
      const config = loadConfig(terminal.environment);
      const profiling = profile === undefined ? null : await startProfiling(profile, terminal);
      await using application = await openApplication(config);
      const { logger } = application;
      exitOnCrash(application);
      // Whoever has moved the log file away says so by this. At a terminal, it means that the terminal is gone.
      if (!terminal.stdin.isTTY) process.on('SIGHUP', () => application.reopenLogs());
      await prepareDatabase(application);
      // Not before it is needed: other commands start faster without a web framework.
      const { startServer } = await import('@microblog/host-koa/server');
      const server = await startServer(application, {
        observers: profiling === null ? [] : [profiling.observer],
      });
      if (config.worker === 'inline') await application.startJobs();
      const ready = `Microblog is ready at ${server.url}`;
      if (terminal.stdout.isTTY) printLine(terminal.stdout, `${ready} (Ctrl-C stops it)`);
      else logger.info({ url: server.url }, ready);

      const name = await signal;
      logger.info({ signal: name }, 'stopping');
      // Both at once: the platform gives ten seconds for all of it.
      await Promise.all([server.close(), application.jobs.stop()]);
      await application.close();
      await profiling?.finish();
      logger.info({}, 'stopped');
    });
}
