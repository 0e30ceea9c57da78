import type { Logger } from '@microblog/core';
import {
  exitOnCrash,
  loadConfig,
  openApplication,
  openControlSocket,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { describeError } from '../describe-error.ts';
import { FAILED } from '../exit-codes.ts';
import { startProfiling } from '../profile/profiling.ts';
import { endWithin, STOP_DEADLINE } from '../serving/deadline.ts';
import { startWorkers } from '../serving/primary.ts';
import { linkToPrimary, type PrimaryLink } from '../serving/primary-link.ts';
import { receiveSignals, type Signals } from '../serving/signals.ts';
import { printLine, type Terminal } from '../terminal.ts';

/** Serves the pages until SIGTERM or SIGINT. */
export function serveCommand({ terminal, outcome }: CommandContext): Command {
  return new Command('serve')
    .description('serve the microblog; an embedded database is migrated first')
    .option('--profile <directory>', 'write a CPU profile there at the end, and print how long routes took')
    .action(async ({ profile }: { profile?: string }) => {
      // From the first moment: a signal while the database opens must end the process in good order too.
      const signals = receiveSignals(terminal);
      const primary = linkToPrimary();
      if (primary === null) return serve({ terminal, signals, profile });
      try {
        await servePages({ terminal, signals, profile }, primary);
      } catch (error) {
        // The primary process prints it, once for all of its workers.
        await primary.failed(describeError(error));
        outcome.exitCode = FAILED;
      }
    });
}

interface Serving {
  readonly terminal: Terminal;
  readonly signals: Signals;
  /** Where a CPU profile is written at the end; of several workers, each writes its own. */
  readonly profile: string | undefined;
}

async function serve(serving: Serving): Promise<void> {
  const { workers } = loadConfig(serving.terminal.environment, { listens: true }).server;
  if (workers === 1) await servePages(serving, null);
  else await serveByWorkers(workers, serving);
}

/** Answers requests in this process, which is the only one or a worker of a primary process. */
async function servePages(
  { terminal, signals, profile }: Serving,
  primary: PrimaryLink | null,
): Promise<void> {
  const config = loadConfig(terminal.environment, { listens: true });
  const profiling = profile === undefined ? null : await startProfiling(profile, terminal);
  await using application = await openApplication(config);
  const { logger } = application;
  exitOnCrash(application);
  if (primary === null) {
    signals.onHangUp(application.reopenLogs);
    await prepareDatabase(application);
  }
  primary?.onReopenLogs(application.reopenLogs);
  await using control = await openControlSocket(application);
  // Not before it is needed: other commands start faster without a web framework.
  const { startServer } = await import('@microblog/host-koa/server');
  const server = await startServer(application, {
    observers: profiling === null ? [] : [profiling.observer],
    ...(primary === null
      ? {}
      : { metricsSource: (own) => ({ snapshots: primary.shareMetrics(own.snapshot) }) }),
  });
  if (config.worker === 'inline') await application.startJobs();
  if (primary === null) sayReady(terminal, logger, { url: server.url });
  else primary.ready(server.url);

  const reason = await Promise.race([signals.stop, ...(primary === null ? [] : [primary.stop])]);
  // Of several processes, the primary speaks for all.
  const level = primary === null ? 'info' : 'debug';
  logger[level]({ signal: reason }, 'stopping');
  endWithin(STOP_DEADLINE, logger);
  // All at once: the platform gives ten seconds for all of it.
  await Promise.all([server.close(), application.microblog.stop(), control.close()]);
  await primary?.drained();
  await application.close();
  await profiling?.finish();
  logger[level]({}, 'stopped');
}

/** Leads the processes that answer requests. The database is looked at once, here, and not used after that. */
async function serveByWorkers(count: number, { terminal, signals }: Serving): Promise<void> {
  await using application = await openApplication(loadConfig(terminal.environment, { listens: true }));
  const { logger } = application;
  exitOnCrash(application);
  await prepareDatabase(application);
  await application.storage.close();
  const workers = await startWorkers(count, logger).catch((error: unknown) => {
    // Signals go to all processes: a worker that had only begun to start ends at once.
    if (signals.stopping()) return null;
    throw error;
  });
  if (workers === null) return;
  signals.onHangUp(() => {
    application.reopenLogs();
    workers.reopenLogs();
    workers.replaceAll();
  });
  sayReady(terminal, logger, { url: workers.url, workers: workers.pids() });
  try {
    const name = await Promise.race([signals.stop, workers.ended]);
    logger.info({ signal: name, workers: count }, 'stopping');
    endWithin(STOP_DEADLINE, logger);
  } finally {
    await workers.stop();
  }
  await application.close();
  logger.info({}, 'stopped');
}

interface Ready {
  readonly url: string;
  /** Process ids, where there are several. */
  readonly workers?: readonly number[];
}

function sayReady({ stdout }: Terminal, logger: Logger, details: Ready): void {
  const ready = `Microblog is ready at ${details.url}`;
  if (stdout.isTTY) printLine(stdout, `${ready} (Ctrl-C stops it)`);
  else logger.info(details, ready);
}
