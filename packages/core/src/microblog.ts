import { z } from 'zod';
import { accountMails } from './accounts/account-mails.ts';
import { type AccountService, accountService } from './accounts/account-service.ts';
import { pbkdf2PasswordHasher } from './accounts/pbkdf2-password-hasher.ts';
import { type EventRecorder, type EventSource, microblogEvents } from './events/events.ts';
import { FOLLOW_NOTIFY, followMails } from './follows/follow-mails.ts';
import { type FollowService, followService } from './follows/follow-service.ts';
import { parseInput } from './kernel/input.ts';
import { MAX_PAGE_LIMIT } from './kernel/page.ts';
import { memoryJobQueue } from './memory/memory-job-queue.ts';
import { englishMailTexts, type MailTexts } from './notifications/mail-texts.ts';
import { type Clock, systemClock } from './ports/clock.ts';
import { type IdGenerator, timeOrderedIds } from './ports/id-generator.ts';
import type { JobHandler, JobHandlers, JobQueue, StartOptions, StopOptions } from './ports/job-queue.ts';
import { type LanguageDetector, noLanguageDetector } from './ports/language-detector.ts';
import { consoleLogger, type Logger } from './ports/logger.ts';
import { type Mailer, noMailer } from './ports/mailer.ts';
import type { PasswordHasher } from './ports/password-hasher.ts';
import { type SearchIndex, searchOff } from './ports/search-index.ts';
import type { Storage } from './ports/storage.ts';
import { noTranslator, type Translator } from './ports/translator.ts';
import { type PostService, postService } from './posts/post-service.ts';
import { searchJobs } from './search/search-jobs.ts';
import { type SearchService, searchService } from './search/search-service.ts';
import { searchWatch } from './search/search-watch.ts';
import { type TimelineService, timelineService } from './timelines/timeline-service.ts';
import { type TranslationService, translationService } from './translation/translation-service.ts';
import { type UserService, userService } from './users/user-service.ts';

/** The adapters that a microblog works with. Only the storage has no default. */
export interface MicroblogPorts {
  readonly storage: Storage;
  readonly search?: SearchIndex;
  readonly clock?: Clock;
  readonly ids?: IdGenerator;
  /** Default: warnings and errors to the console. */
  readonly logger?: Logger;
  readonly passwordHasher?: PasswordHasher;
  /** Default: in the memory of this process, running by itself. One that is given is begun by `Microblog.start`. */
  readonly jobs?: JobQueue;
  /** Default: no mail at all. */
  readonly mailer?: Mailer;
  /** What mails say, in the language of whom they are for. Default: English for all. */
  readonly mailTexts?: MailTexts;
  /** Default: posts have no language. */
  readonly languageDetector?: LanguageDetector;
  /** Default: nothing is translated. */
  readonly translator?: Translator;
}

/** A form of 64 KB holds a post of this many characters in any script, percent-encoded. */
const MAX_POST_LENGTH = 5_000;

/** The rules that can be chosen: their limits, defaults and descriptions. */
export const microblogOptionsSchema = z.object({
  postMaxLength: z.int().min(1).max(MAX_POST_LENGTH).default(140).describe('Longest post, in graphemes.'),
  postsPerPage: z.int().min(1).max(MAX_PAGE_LIMIT).default(50).describe('Posts or people on a page.'),
  maxSearchResults: z.int().min(1).max(MAX_PAGE_LIMIT).default(50).describe('Posts on a page of results.'),
  registration: z.enum(['open', 'closed']).default('open').describe('Whether visitors may make accounts.'),
});

/** The rules that can be chosen, with their defaults filled in. */
export type MicroblogOptions = z.output<typeof microblogOptionsSchema>;

/** What can be done with a microblog, a service for each area. */
export interface MicroblogServices {
  readonly accounts: AccountService;
  readonly users: UserService;
  readonly posts: PostService;
  readonly timelines: TimelineService;
  readonly follows: FollowService;
  readonly search: SearchService;
  readonly translation: TranslationService;
}

/** Everything that can be done with a microblog, and what runs it. */
export interface Microblog extends MicroblogServices, EventSource {
  /**
   * The same microblog on another storage of its database, such as `postgresStorage({ knex: trx })`, which joins
   * a transaction of yours: with the same options, adapters and subscribers. What follows from changes is kept
   * there too, and begins when it has been committed. Costs next to nothing.
   * @throws {Error} for a storage that the job queue does not go with.
   */
  within(storage: Storage): MicroblogServices;
  /** Whether mail can be sent: pages that need it say so otherwise. */
  readonly mailEnabled: boolean;
  /**
   * Begins to run in this process what follows from changes: events for their subscribers, mails, posts for the
   * search index. Needed where `jobs` or `search` was given, in the processes that are to do that work; jobs in
   * memory run without it. Subscribe before or after. From then on it also sees to it, every minute, that the
   * search index holds what it should, posts of the time before it was there included (`search.keepFilled`).
   * What is given up goes to the log, unless `onFailure` is told.
   * @throws as `JobQueue.start`.
   */
  start(options?: StartOptions): Promise<void>;
  /** Ends what `start` began, and jobs in memory: see `JobQueue.stop`. What waits is kept as the queue keeps it. */
  stop(options?: StopOptions): Promise<void>;
  /** Where that work is kept. */
  readonly jobs: JobQueue;
  /** What it is run by, for who starts `jobs` themselves. Subscribers come and go here: pass it on, not a copy. */
  readonly jobHandlers: JobHandlers;
  /** Where it tells what goes wrong; the pages do so there, too. */
  readonly logger: Logger;
  /** The options in force, defaults included. */
  readonly options: MicroblogOptions;
}

/**
 * Puts a microblog together: plain constructor calls, no input or output, nothing shared with any other.
 * @throws {MicroblogError} `invalid_input` for an option out of its range.
 */
export function createMicroblog(
  ports: MicroblogPorts,
  options: z.input<typeof microblogOptionsSchema> = {},
): Microblog {
  const settings = parseInput(microblogOptionsSchema, options);
  const { storage, search = searchOff, clock = systemClock, logger = consoleLogger } = ports;
  const { ids = timeOrderedIds(clock), passwordHasher = pbkdf2PasswordHasher() } = ports;
  const { mailer = noMailer, mailTexts = englishMailTexts } = ports;
  const { languageDetector = noLanguageDetector, translator = noTranslator } = ports;
  const jobHandlers: Record<string, JobHandler> = {};
  const onFailure: StartOptions['onFailure'] = ({ name }, error) =>
    logger.error({ err: error, job: name }, 'a job was given up');
  const started = { handlers: jobHandlers, onFailure };
  const { jobs = memoryJobQueue({ clock, logger, started }) } = ports;
  const usersPerPage = settings.postsPerPage;
  const events = microblogEvents({ storage, jobs, clock, logger, jobHandlers });

  function servicesOn(storage: Storage, jobs: Pick<JobQueue, 'enqueue'>, events: EventRecorder) {
    const indexing = searchJobs({ storage, search, jobs, logger });
    const mails = accountMails({ storage, jobs, mailer, mailTexts, clock });
    const services: MicroblogServices = {
      accounts: accountService({ storage, clock, ids, logger, passwordHasher, events, mails }, settings),
      users: userService({ storage, clock, ids, logger, events }, { usersPerPage }),
      posts: postService(
        { storage, clock, ids, logger, events, languageDetector },
        { maxLength: settings.postMaxLength },
      ),
      timelines: timelineService(storage, settings),
      follows: followService({ storage, clock, ids, events }, { usersPerPage }),
      search: searchService(
        { storage, search, searchJobs: indexing, clock },
        { maxResults: settings.maxSearchResults },
      ),
      translation: translationService({ storage, translator, clock }),
    };
    return { services, indexing, mails };
  }

  const { services, indexing, mails } = servicesOn(storage, jobs, events);
  const aboutFollows = followMails({ storage, mailer, mailTexts, clock });
  Object.assign(jobHandlers, indexing.handlers, mails.handlers, { [FOLLOW_NOTIFY]: aboutFollows.notify });
  if (aboutFollows.subscription !== null) events.enqueueOn('user.followed', aboutFollows.subscription);
  indexing.subscribe(events);
  const watch = searchWatch({ search: services.search, logger });
  return {
    ...services,
    within(other) {
      const queue = jobs.within?.(other) ?? jobs;
      return servicesOn(other, queue, events.within(other, queue)).services;
    },
    on: events.on,
    async start(options = {}) {
      await jobs.start(jobHandlers, { onFailure, ...options });
      watch.begin();
    },
    async stop(options) {
      watch.end();
      await jobs.stop(options);
    },
    mailEnabled: mailer.enabled,
    jobs,
    jobHandlers,
    logger,
    options: settings,
  };
}
