import type { z } from 'zod';
import { accountsArea } from './accounts/accounts-area.ts';
import { pbkdf2PasswordHasher } from './accounts/pbkdf2-password-hasher.ts';
import type { Area, AreaNeeds, Ports } from './area.ts';
import { type EventSource, microblogEvents } from './events/events.ts';
import { followsArea } from './follows/follows-area.ts';
import { memoryJobQueue } from './memory/memory-job-queue.ts';
import { parseMicroblogOptions, requirePorts } from './microblog-arguments.ts';
import type { MicroblogOptions, MicroblogPorts, microblogOptionsSchema } from './microblog-options.ts';
import { englishMailTexts } from './notifications/mail-texts.ts';
import { systemClock } from './ports/clock.ts';
import { timeOrderedIds } from './ports/id-generator.ts';
import type { JobHandler, JobHandlers, JobQueue, StartOptions, StopOptions } from './ports/job-queue.ts';
import { noLanguageDetector } from './ports/language-detector.ts';
import { consoleLogger, type Logger } from './ports/logger.ts';
import { noMailer } from './ports/mailer.ts';
import { searchOff } from './ports/search-index.ts';
import type { Storage } from './ports/storage.ts';
import { noTranslator } from './ports/translator.ts';
import { postsArea } from './posts/posts-area.ts';
import { searchArea } from './search/search-area.ts';
import { timelinesArea } from './timelines/timelines-area.ts';
import { translationArea } from './translation/translation-area.ts';
import { userPresenter } from './users/user-presenter.ts';
import { usersArea } from './users/users-area.ts';

/** The areas of a microblog. Each key is the name of a service. */
function areasOn(needs: AreaNeeds) {
  return {
    accounts: accountsArea(needs),
    users: usersArea(needs),
    posts: postsArea(needs),
    timelines: timelinesArea(needs),
    follows: followsArea(needs),
    search: searchArea(needs),
    translation: translationArea(needs),
  } satisfies Record<string, Area<unknown>>;
}

type Areas = ReturnType<typeof areasOn>;

/** The services of a microblog, one for each area. */
export type MicroblogServices = { readonly [Name in keyof Areas]: Areas[Name]['service'] };

/** A microblog: its services, its events, and what runs its jobs. */
export interface Microblog extends MicroblogServices, EventSource {
  /**
   * Returns the services of this microblog on another storage of the same database, such as
   * `postgresStorage({ knex: trx })`, which joins a transaction of the caller. Options, adapters and subscribers are
   * the same. Jobs are stored in that transaction too, and run after its commit. Cheap: call it once a transaction.
   * @throws {Error} if the job queue can't store jobs in that storage.
   */
  within(storage: Storage): MicroblogServices;
  /** True if mail can be sent. Pages that need mail say so if it can't. */
  readonly mailEnabled: boolean;
  /**
   * Runs jobs in this process: events for their subscribers, mails, posts for the search index. If `jobs` or `search`
   * was given, call it in every process that should do this work. Jobs in memory, the default, run without it.
   * Subscribers may be added before or after. It also starts a check, every minute, that the search index is complete,
   * and fills it if not (`search.keepFilled`). Jobs that failed for good are logged. `onFailure` replaces this log
   * line.
   * @throws as `JobQueue.start`.
   */
  start(options?: StartOptions): Promise<void>;
  /** Stops the work that `start` began, and jobs in memory; see `JobQueue.stop`. Waiting jobs stay in the queue. */
  stop(options?: StopOptions): Promise<void>;
  /** The job queue. */
  readonly jobs: JobQueue;
  /**
   * The handlers of all jobs, for callers that start `jobs` themselves. The object changes when subscribers are added
   * or removed, so pass the object itself, not a copy.
   */
  readonly jobHandlers: JobHandlers;
  /** The logger for faults, which the pages use too. */
  readonly logger: Logger;
  /** The options in force, defaults included. */
  readonly options: MicroblogOptions;
}

/**
 * Creates a microblog. It does no input or output, and shares nothing with other microblogs.
 * @throws {MicroblogError} `invalid_input` for a wrong value of an option; the message says what was expected.
 * @throws {Error} for a missing storage, and for an unknown port or option; the message names the most similar known
 * one.
 */
export function createMicroblog(
  given: MicroblogPorts,
  givenOptions: z.input<typeof microblogOptionsSchema> = {},
): Microblog {
  requirePorts(given);
  const options = parseMicroblogOptions(givenOptions);
  const jobHandlers: Record<string, JobHandler> = {};
  const ports = withDefaults(given, jobHandlers);
  const { storage, jobs, logger, clock, mailer } = ports;
  const events = microblogEvents({ storage, jobs, clock, logger, jobHandlers });
  const present = userPresenter(options);
  const own = areasOn({ ...ports, events, options, present });
  for (const area of Object.values<Area<unknown>>(own)) {
    Object.assign(jobHandlers, area.jobs);
    area.subscribe?.(events);
  }
  const background = Object.values<Area<unknown>>(own).flatMap((area) => area.background ?? []);
  return {
    ...servicesOf(own),
    within(other) {
      const queue = jobs.within?.(other) ?? jobs;
      return servicesOf(
        areasOn({
          ...ports,
          options,
          present,
          storage: other,
          jobs: queue,
          events: events.onStorage(other, queue),
        }),
      );
    },
    on: events.on,
    async start(startOptions = {}) {
      await jobs.start(jobHandlers, { onFailure: logFailure(logger), ...startOptions });
      for (const task of background) task.begin();
    },
    async stop(stopOptions) {
      for (const task of background) task.end();
      await jobs.stop(stopOptions);
    },
    mailEnabled: mailer.enabled,
    jobs,
    jobHandlers,
    logger,
    options,
  };
}

function withDefaults(
  {
    storage,
    search = searchOff,
    clock = systemClock,
    ids = timeOrderedIds(clock),
    logger = consoleLogger,
    passwordHasher = pbkdf2PasswordHasher(),
    mailer = noMailer,
    mailTexts = englishMailTexts,
    languageDetector = noLanguageDetector,
    translator = noTranslator,
    jobs,
  }: MicroblogPorts,
  handlers: JobHandlers,
): Ports {
  const onFailure = logFailure(logger);
  return {
    storage,
    search,
    clock,
    ids,
    logger,
    passwordHasher,
    mailer,
    mailTexts,
    languageDetector,
    translator,
    jobs: jobs ?? memoryJobQueue({ clock, logger, started: { handlers, onFailure } }),
  };
}

function logFailure(logger: Logger): NonNullable<StartOptions['onFailure']> {
  return ({ name }, error) => logger.error({ err: error, job: name }, 'a job failed for good');
}

function servicesOf(areas: Areas): MicroblogServices {
  const services = Object.entries<Area<unknown>>(areas).map(([name, { service }]) => [name, service]);
  return Object.fromEntries(services) as MicroblogServices;
}
