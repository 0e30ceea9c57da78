import { embeddedStorage } from '@microblog/adapters-postgres';
import { ContainerModule } from 'inversify';
import { stdoutOutput } from '../operations/logging/stdout-output.ts';
import { openLogFile } from './log-file.ts';
import { serverStorage } from './server-storage.ts';
import { storedSecretKeys } from './stored-secret-keys.ts';
import { tokens } from './tokens.ts';

/** A server of one's own: files in the data directory; an embedded database, or the configured database server. */
export const vpsModule = new ContainerModule(({ bind }) => {
  bind(tokens.logs).toResolvedValue(
    ({ log: { level, format, file } }, scrub) =>
      openLogFile({ level, stdout: stdoutOutput({ format }), file, scrub }),
    [tokens.config, tokens.scrub],
  );
  bind(tokens.storage).toResolvedValue(
    async ({ database }, logger, onStatement, requestContext) =>
      database.kind === 'server'
        ? serverStorage(database, { logger, onStatement, requestContext })
        : embeddedStorage({
            directory: database.directory,
            schema: database.schema,
            logger,
            ...(onStatement === null ? {} : { onStatement }),
          }),
    [tokens.config, tokens.logger, tokens.statementObserver, tokens.requestContext],
  );
  bind(tokens.secretKeys).toResolvedValue(
    ({ secretKeys, dataDirectory }) => {
      let stored: readonly string[] | undefined;
      return () => {
        if (secretKeys.length > 0) return secretKeys;
        stored ??= storedSecretKeys(dataDirectory);
        return stored;
      };
    },
    [tokens.config],
  );
});
