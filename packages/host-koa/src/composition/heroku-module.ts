import { ContainerModule } from 'inversify';
import { openLogs } from '../operations/logging/logs.ts';
import { stdoutOutput } from '../operations/logging/stdout-output.ts';
import { ConfigurationError } from './configuration-error.ts';
import { serverStorage } from './server-storage.ts';
import { tokens } from './tokens.ts';

/** Heroku: a database server, logs on stdout, no files. */
export const herokuModule = new ContainerModule(({ bind }) => {
  bind(tokens.logs).toResolvedValue(
    // Heroku adds the time to each line.
    ({ log: { level, format } }, scrub) =>
      openLogs({ level, stdout: stdoutOutput({ format, times: false }), scrub }),
    [tokens.config, tokens.scrub],
  );
  bind(tokens.storage).toResolvedValue(
    ({ database }, logger, onStatement, requestContext) => {
      if (database.kind !== 'server') throw new ConfigurationError(['DATABASE_URL: required on Heroku']);
      return serverStorage(database, { logger, onStatement, requestContext });
    },
    [tokens.config, tokens.logger, tokens.statementObserver, tokens.requestContext],
  );
  bind(tokens.secretKeys).toResolvedValue(
    ({ secretKeys }) =>
      () =>
        secretKeys,
    [tokens.config],
  );
});
