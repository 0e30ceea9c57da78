import type { PostgresStorage } from '@microblog/adapters-postgres';
import type {
  Clock,
  JobQueue,
  LanguageDetector,
  MailTexts,
  Microblog,
  PasswordHasher,
  SearchIndex,
  Translator,
} from '@microblog/core';
import type { ServiceIdentifier } from 'inversify';
import type { Logger } from 'pino';
import type { FaultMailer } from '../operations/faults/fault-mailer.ts';
import type { Logs } from '../operations/logging/logs.ts';
import type { Scrub } from '../operations/logging/scrub.ts';
import type { StatementObserver } from '../operations/logging/slow-statements.ts';
import type { RequestContext } from '../operations/requests/request-context.ts';
import type { HostMailer } from '../outbound/mail/host-mailer.ts';
import type { AbsoluteUrl } from '../site/absolute-url.ts';
import type { Theming } from '../site/theming/theming.ts';
import type { Config } from './config.ts';

const token = <Service>(name: string): ServiceIdentifier<Service> => Symbol.for(`@microblog/${name}`);

/** The keys of the container. Only adapters differ by hosting profile. */
export const tokens = {
  config: token<Config>('Config'),
  theme: token<Theming>('Theme'),
  absoluteUrl: token<AbsoluteUrl>('AbsoluteUrl'),
  scrub: token<Scrub>('Scrub'),
  logs: token<Logs>('Logs'),
  logger: token<Logger>('Logger'),
  mailer: token<HostMailer>('Mailer'),
  faults: token<FaultMailer>('FaultMailer'),
  clock: token<Clock>('Clock'),
  storage: token<PostgresStorage>('Storage'),
  /** Notified of each statement; null if there is no observer. */
  statementObserver: token<StatementObserver | null>('StatementObserver'),
  requestContext: token<RequestContext>('RequestContext'),
  search: token<SearchIndex>('SearchIndex'),
  jobs: token<JobQueue>('JobQueue'),
  mailTexts: token<MailTexts>('MailTexts'),
  languageDetector: token<LanguageDetector>('LanguageDetector'),
  translator: token<Translator>('Translator'),
  passwordHasher: token<PasswordHasher>('PasswordHasher'),
  /** If none are configured, they are created and stored on first use. */
  secretKeys: token<() => readonly string[]>('SecretKeys'),
  microblog: token<Microblog>('Microblog'),
};
