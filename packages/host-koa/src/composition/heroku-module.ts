import { noSearchIndex } from '@microblog/adapters-search';
import { ContainerModule } from 'inversify';
import { jsonLogger } from '../adapters/logging/pino-logger.ts';
import { ConfigurationError } from './configuration-error.ts';
import { serverStorage } from './server-storage.ts';
import { tokens } from './tokens.ts';

/** Heroku: a database server, JSON lines on stdout, no file written, search off. */
export const herokuModule = new ContainerModule(({ bind }) => {
  bind(tokens.logger).toResolvedValue((config) => jsonLogger(config.log.level), [tokens.config]);
  bind(tokens.storage).toResolvedValue(
    ({ database }, logger) => {
      if (database.kind !== 'server') throw new ConfigurationError(['DATABASE_URL: required on Heroku']);
      return serverStorage(database, logger);
    },
    [tokens.config, tokens.logger],
  );
  bind(tokens.search).toDynamicValue(() => noSearchIndex());
  bind(tokens.secretKeys).toResolvedValue((config) => config.secretKeys, [tokens.config]);
});
