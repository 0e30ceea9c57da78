import type { PostgresStorage } from '@microblog/adapters-postgres';
import type {
  Clock,
  JobQueue,
  Mailer,
  MailTexts,
  Microblog,
  PasswordHasher,
  SearchIndex,
} from '@microblog/core';
import type { ServiceIdentifier } from 'inversify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';

const token = <Service>(name: string): ServiceIdentifier<Service> => Symbol.for(`@microblog/${name}`);

/** What the container holds. Adapters differ by hosting profile; nothing else does. */
export const tokens = {
  config: token<Config>('Config'),
  logger: token<Logger>('Logger'),
  clock: token<Clock>('Clock'),
  storage: token<PostgresStorage>('Storage'),
  search: token<SearchIndex>('SearchIndex'),
  jobs: token<JobQueue>('JobQueue'),
  mailer: token<Mailer>('Mailer'),
  mailTexts: token<MailTexts>('MailTexts'),
  passwordHasher: token<PasswordHasher>('PasswordHasher'),
  secretKeys: token<readonly string[]>('SecretKeys'),
  microblog: token<Microblog>('Microblog'),
};
