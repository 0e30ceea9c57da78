import {
  ConfigurationError,
  exitOnCrash,
  openApplication,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import type { LocalCommand } from '../command.ts';
import { DONE } from '../exit-codes.ts';
import { endWithin, STOP_DEADLINE } from '../serving/deadline.ts';
import { receiveSignals } from '../serving/signals.ts';
import { printLine } from '../terminal.ts';

/** Runs jobs until SIGTERM or SIGINT. Other processes serve with WORKER=off. */
export const workerCommand: LocalCommand = {
  name: 'worker',
  description: 'run jobs only, beside processes that serve with WORKER=off',
  needs: 'environment',
  async run(_input, { terminal, config: configuration }) {
    // First of all, as in "serve": a signal during the start must also end the process properly.
    const signals = receiveSignals(terminal);
    const config = configuration();
    if (config.database.kind === 'embedded') {
      throw new ConfigurationError([
        'DATABASE_URL: a worker needs a database server; the embedded database is held by "microblog serve", which runs the jobs itself (WORKER=inline)',
      ]);
    }
    await using application = await openApplication(config);
    const { logger } = application;
    exitOnCrash(application);
    signals.onHangUp(application.reopenLogs);
    await prepareDatabase(application);
    await application.startJobs();
    const ready = 'Microblog is ready to run jobs';
    if (terminal.stdout.isTTY) printLine(terminal.stdout, `${ready} (Ctrl-C stops it)`);
    else logger.info({}, ready);

    const name = await signals.stop;
    logger.info({ signal: name }, 'stopping');
    endWithin(STOP_DEADLINE, logger);
    await application.close();
    logger.info({}, 'stopped');
    return DONE;
  },
};
