import type { PostgresStorage } from '@microblog/adapters-postgres';
import type { Clock, Microblog, PasswordHasher, SearchIndex } from '@microblog/core';
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
  passwordHasher: token<PasswordHasher>('PasswordHasher'),
  secretKeys: token<readonly string[]>('SecretKeys'),
  microblog: token<Microblog>('Microblog'),
};
