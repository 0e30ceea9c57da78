import type { PostgresStorage } from '@microblog/adapters-postgres';
import type { JobQueue, Microblog, PasswordHasher } from '@microblog/core';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createContainer } from './container.ts';
import { tokens } from './tokens.ts';

/** The parts of a running process that commands and the server work with. */
export interface Application extends AsyncDisposable {
  readonly config: Config;
  readonly logger: Logger;
  readonly storage: PostgresStorage;
  readonly microblog: Microblog;
  readonly passwordHasher: PasswordHasher;
  readonly jobs: JobQueue;
  /** Begins to run the microblog's jobs in this process; what is given up is logged as an error. */
  startJobs(): Promise<void>;
  /** What signs cookies; made and kept on first use where none is configured. */
  secretKeys(): readonly string[];
  /** Stops running jobs, and lets go of the database. May be called twice. */
  close(): Promise<void>;
}

/**
 * Puts the application together and opens its database (an embedded one takes its lock here; a server is
 * not connected to before it is asked). Migrates nothing.
 * @throws {MicroblogError} `storage_locked`, `storage_unwritable`.
 */
export async function openApplication(config: Config): Promise<Application> {
  const container = createContainer(config);
  const storage = await container.getAsync(tokens.storage);
  const logger = container.get(tokens.logger);
  const microblog = await container.getAsync(tokens.microblog);
  const { jobs, jobHandlers } = microblog;
  const close = async () => {
    await jobs.stop();
    await storage.close();
  };
  return {
    config,
    logger,
    storage,
    microblog,
    jobs,
    startJobs: () =>
      jobs.start(jobHandlers, {
        onFailure: ({ name }, error) => logger.error({ err: error, job: name }, 'a job was given up'),
      }),
    passwordHasher: container.get(tokens.passwordHasher),
    secretKeys: () => container.get(tokens.secretKeys),
    close,
    [Symbol.asyncDispose]: close,
  };
}
