import type { Logger } from '@microblog/core';
import {
  type CommandTerminal,
  type Config,
  exitOnCrash,
  loadConfig,
  openApplication,
  openControlSocket,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import type { LocalCommand } from '../command.ts';
import { describeError } from '../describe-error.ts';
import { DONE, FAILED } from '../exit-codes.ts';
import { startProfiling } from '../profile/profiling.ts';
import { endWithin, STOP_DEADLINE } from '../serving/deadline.ts';
import { startWorkers } from '../serving/primary.ts';
import { linkToPrimary, type PrimaryLink } from '../serving/primary-link.ts';
import { runServed } from '../serving/run-served.ts';
import { receiveSignals, type Signals } from '../serving/signals.ts';
import { printLine } from '../terminal.ts';

/** Serves the pages until SIGTERM or SIGINT. */
export const serveCommand: LocalCommand<{ readonly profile?: string }> = {
  name: 'serve',
  description: 'serve the microblog; an embedded database is migrated first',
  syntax: (syntax) =>
    syntax.option(
      '--profile <directory>',
      'at the end, write a CPU profile to this directory and print how long routes took',
    ),
  needs: 'environment',
  async run({ profile }, { terminal, environment }) {
    // First of all: a signal during the opening of the database must also end the process properly.
    const signals = receiveSignals(terminal);
    const serving = {
      terminal,
      signals,
      profile,
      configuration: () => loadConfig(environment, { listens: true }),
    };
    const primary = linkToPrimary();
    if (primary === null) {
      await serve(serving);
      return DONE;
    }
    try {
      await servePages(serving, primary);
      return DONE;
    } catch (error) {
      // With several processes, only the primary prints it.
      await primary.failed(describeError(error));
      return FAILED;
    }
  },
};

interface Serving {
  readonly terminal: CommandTerminal;
  configuration(): Config;
  readonly signals: Signals;
  /** The directory for a CPU profile at the end. With several workers, each writes its own. */
  readonly profile: string | undefined;
}

async function serve(serving: Serving): Promise<void> {
  const { workers } = serving.configuration().server;
  if (workers === 1) await servePages(serving, null);
  else await serveByWorkers(workers, serving);
}

/** Answers requests in this process: the only one, or a worker of a primary process. */
async function servePages(
  { terminal, configuration, signals, profile }: Serving,
  primary: PrimaryLink | null,
): Promise<void> {
  const config = configuration();
  const profiling = profile === undefined ? null : await startProfiling(profile, terminal);
  await using application = await openApplication(config);
  const { logger } = application;
  exitOnCrash(application);
  if (primary === null) {
    signals.onHangUp(application.reopenLogs);
    await prepareDatabase(application);
  }
  primary?.onReopenLogs(application.reopenLogs);
  await using control = await openControlSocket(application, runServed(application));
  // Imported here, so that other commands start without loading a web framework.
  const { startServer } = await import('@microblog/host-koa/server');
  const server = await startServer(application, {
    observers: profiling === null ? [] : [profiling.observer],
    ...(primary === null
      ? {}
      : { metricsSource: (own) => ({ snapshots: primary.shareMetrics(own.snapshot) }) }),
  });
  if (config.worker === 'inline') await application.startJobs();
  if (primary === null) printReady(terminal, logger, { url: server.url });
  else primary.ready(server.url);

  const reason = await Promise.race([signals.stop, ...(primary === null ? [] : [primary.stop])]);
  // With several processes, the primary logs for all.
  const level = primary === null ? 'info' : 'debug';
  logger[level]({ signal: reason }, 'stopping');
  endWithin(STOP_DEADLINE, logger);
  // In parallel: the platform gives ten seconds for all three.
  await Promise.all([server.close(), application.microblog.stop(), control.close()]);
  await primary?.drained();
  await application.close();
  await profiling?.finish();
  logger[level]({}, 'stopped');
}

/** Manages the processes that answer requests. Checks the database once at the start, and then closes it. */
async function serveByWorkers(count: number, { terminal, configuration, signals }: Serving): Promise<void> {
  await using application = await openApplication(configuration());
  const { logger } = application;
  exitOnCrash(application);
  await prepareDatabase(application);
  await application.storage.close();
  const workers = await startWorkers(count, logger).catch((error: unknown) => {
    // The system sends signals to all processes: a worker that is still starting ends at once.
    if (signals.stopping()) return null;
    throw error;
  });
  if (workers === null) return;
  signals.onHangUp(() => {
    application.reopenLogs();
    workers.reopenLogs();
    workers.replaceAll();
  });
  printReady(terminal, logger, { url: workers.url, workers: workers.pids() });
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
  /** Process ids, if there are several. */
  readonly workers?: readonly number[];
}

function printReady({ stdout }: CommandTerminal, logger: Logger, details: Ready): void {
  const ready = `Microblog is ready at ${details.url}`;
  if (stdout.isTTY) printLine(stdout, `${ready} (Ctrl-C stops it)`);
  else logger.info(details, ready);
}
