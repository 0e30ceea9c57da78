import type { PostgresStorage } from '@microblog/adapters-postgres';
import type { ArchiveStorage, JobQueue, Microblog, PasswordHasher, SearchIndex } from '@microblog/core';
import type { Logger } from 'pino';
import type { FaultMailer } from '../operations/faults/fault-mailer.ts';
import type { RequestContext } from '../operations/requests/request-context.ts';
import type { HostMailer } from '../outbound/mail/host-mailer.ts';
import type { AbsoluteUrl } from '../site/absolute-url.ts';
import type { Theming } from '../site/theming/theming.ts';
import type { Config } from './config.ts';
import { type ContainerOptions, createContainer } from './container.ts';
import { tokens } from './tokens.ts';

/** The parts of a running process that commands and the server work with. */
export interface Application extends AsyncDisposable {
  readonly config: Config;
  readonly logger: Logger;
  readonly storage: PostgresStorage;
  readonly microblog: Microblog;
  /** The whole content of the storage. After another content is loaded, the search index is rebuilt. */
  readonly archive: ArchiveStorage;
  readonly search: SearchIndex;
  readonly passwordHasher: PasswordHasher;
  readonly jobs: JobQueue;
  /** Starts running the microblog's jobs in this process. Failed jobs are logged and reported to administrators. */
  startJobs(): Promise<void>;
  readonly mailer: HostMailer;
  /** Reports faults to administrators by mail, besides the log. */
  readonly faults: FaultMailer;
  /** Addresses of pages for mails, from `BASE_URL`. Default: addresses of `HOST` and `PORT`. */
  readonly absoluteUrl: AbsoluteUrl;
  /** Opens `LOG_FILE` again, after a program such as logrotate has moved it away. */
  reopenLogs(): void;
  /** The request for which the storage is called. The server sets it. */
  readonly requestContext: RequestContext;
  /** The look of the site, and its own texts. */
  readonly theme: Theming;
  /** The keys that sign cookies. If none is configured, the first call creates and stores one. */
  secretKeys(): readonly string[];
  /**
   * Stops running jobs, ends the sending of mails, and closes the connections to the mail server and the database.
   * May be called twice.
   */
  close(): Promise<void>;
}

/**
 * How long mails about faults may take when the process stops, in milliseconds. The process must end within ten
 * seconds.
 */
const MAIL_GRACE = 1_500;

/**
 * Creates the application and opens its database: an embedded one takes its lock here; a server is connected to on
 * the first statement. It runs no migrations.
 * @throws {MicroblogError} `storage_locked`, `storage_unwritable`.
 * @throws {ConfigurationError} if the log file can't be written, or the theme can't be used.
 */
export async function openApplication(config: Config, options: ContainerOptions = {}): Promise<Application> {
  const container = createContainer(config, options);
  // First, because a fault of the theme can be reported without a database.
  const theme = container.get(tokens.theme);
  const storage = await container.getAsync(tokens.storage);
  const logger = container.get(tokens.logger);
  const microblog = await container.getAsync(tokens.microblog);
  const { jobs } = microblog;
  const mailer = container.get(tokens.mailer);
  const faults = container.get(tokens.faults);
  const search = await container.getAsync(tokens.search);
  const close = async () => {
    try {
      await microblog.stop();
      await Promise.all([storage.close(), search.close(), faults.close(MAIL_GRACE)]);
    } finally {
      // Open connections would keep the process alive.
      mailer.close();
    }
  };
  return {
    config,
    logger,
    storage,
    microblog,
    archive: {
      snapshot: storage.snapshot,
      async load(content, loadOptions) {
        await storage.load(content, loadOptions);
        try {
          await microblog.search.clear();
        } catch (error) {
          logger.warn({ err: error }, 'the search index could not be emptied');
        }
      },
    },
    jobs,
    async startJobs() {
      await microblog.start({
        onFailure: ({ name }, error) => {
          logger.error({ err: error, job: name }, 'a job failed for good');
          faults.report({ error, where: `job ${name}` });
        },
      });
    },
    requestContext: container.get(tokens.requestContext),
    theme,
    search,
    passwordHasher: container.get(tokens.passwordHasher),
    mailer,
    faults,
    absoluteUrl: container.get(tokens.absoluteUrl),
    reopenLogs: () => container.get(tokens.logs).reopen(),
    secretKeys: container.get(tokens.secretKeys),
    close,
    [Symbol.asyncDispose]: close,
  };
}
