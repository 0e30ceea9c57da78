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
  /** The storage's content as a whole. Where another is loaded, the search index is built anew. */
  readonly archive: ArchiveStorage;
  readonly search: SearchIndex;
  readonly passwordHasher: PasswordHasher;
  readonly jobs: JobQueue;
  /** Begins to run the microblog's jobs in this process; what is given up is logged, and told to administrators. */
  startJobs(): Promise<void>;
  readonly mailer: HostMailer;
  /** To tell administrators of what went wrong, beside the log. */
  readonly faults: FaultMailer;
  /** Addresses of pages for mails, from `BASE_URL`; where that is not set, those of this machine. */
  readonly absoluteUrl: AbsoluteUrl;
  /** Opens `LOG_FILE` anew, after a program such as logrotate has moved it away. */
  reopenLogs(): void;
  /** On behalf of which request the storage is called; whoever serves tells it. */
  readonly requestContext: RequestContext;
  /** How the place looks, and what it says of its own. */
  readonly theme: Theming;
  /** What signs cookies; made and kept on first use where none is configured. */
  secretKeys(): readonly string[];
  /**
   * Stops running jobs, ends mails that are on their way, and lets go of the mail server and of the database.
   * May be called twice.
   */
  close(): Promise<void>;
}

/** How long mails about faults may take when the process stops, in milliseconds: it must be gone within ten seconds. */
const MAIL_GRACE = 1_500;

/**
 * Puts the application together and opens its database (an embedded one takes its lock here; a server is
 * not connected to before it is asked). Migrates nothing.
 * @throws {MicroblogError} `storage_locked`, `storage_unwritable`.
 * @throws {ConfigurationError} where the log file cannot be written, or the theme can't be used.
 */
export async function openApplication(config: Config, options: ContainerOptions = {}): Promise<Application> {
  const container = createContainer(config, options);
  // First: what is wrong there needs no database to be told.
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
      // Connections that are kept would keep the process.
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
          logger.error({ err: error, job: name }, 'a job was given up');
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
